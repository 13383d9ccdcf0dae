-- A store of schema 0008 as the program of that time wrote it, in PostgreSQL.
CREATE TABLE public.claim_places (
    claim_id character varying(16) NOT NULL,
    "position" integer NOT NULL,
    place_id text NOT NULL
);
CREATE TABLE public.claims (
    claim_id character varying(16) NOT NULL,
    document_id character varying(16) NOT NULL,
    "position" integer NOT NULL,
    years double precision,
    years_max double precision,
    until character varying(10),
    share double precision,
    qualifier character varying(16) NOT NULL,
    condition text,
    speaker text,
    text text NOT NULL,
    span_start integer NOT NULL,
    span_end integer NOT NULL,
    sentence text NOT NULL,
    sentence_start integer NOT NULL,
    sentence_end integer NOT NULL,
    inferred jsonb NOT NULL,
    confidence double precision NOT NULL,
    rule text NOT NULL
);
CREATE TABLE public.completions (
    review_id integer NOT NULL,
    document_id character varying(16) NOT NULL,
    facts jsonb NOT NULL
);
CREATE TABLE public.document_words (
    document_id character varying(16) NOT NULL,
    part integer NOT NULL,
    words tsvector NOT NULL
);
CREATE TABLE public.documents (
    document_id character varying(16) NOT NULL,
    text_sha256 character varying(64) NOT NULL,
    text text NOT NULL,
    title text,
    language text NOT NULL,
    furniture jsonb NOT NULL,
    added_at timestamp with time zone NOT NULL,
    rules_version text NOT NULL,
    read_at timestamp with time zone NOT NULL,
    read_context character varying(16) NOT NULL
);
CREATE TABLE public.figure_places (
    figure_id character varying(16) NOT NULL,
    "position" integer NOT NULL,
    place_id text NOT NULL
);
CREATE TABLE public.figures (
    figure_id character varying(16) NOT NULL,
    document_id character varying(16) NOT NULL,
    "position" integer NOT NULL,
    measure character varying(32) NOT NULL,
    value double precision NOT NULL,
    value_max double precision,
    unit character varying(16) NOT NULL,
    value_si double precision NOT NULL,
    unit_si character varying(16) NOT NULL,
    qualifier character varying(16) NOT NULL,
    basis character varying(16) NOT NULL,
    start date,
    "end" date,
    done_by jsonb NOT NULL,
    reported_by jsonb NOT NULL,
    part text,
    alt_of character varying(16),
    text text NOT NULL,
    span_start integer NOT NULL,
    span_end integer NOT NULL,
    sentence text NOT NULL,
    sentence_start integer NOT NULL,
    sentence_end integer NOT NULL,
    flags jsonb NOT NULL,
    inferred jsonb NOT NULL,
    confidence double precision NOT NULL,
    rule text NOT NULL
);
CREATE TABLE public.findings (
    review_id integer NOT NULL,
    fact_id character varying(16) NOT NULL,
    kind character varying(16) NOT NULL,
    document_id character varying(16) NOT NULL,
    span_start integer NOT NULL,
    span_end integer NOT NULL,
    sentence_start integer NOT NULL,
    sentence_end integer NOT NULL,
    fields jsonb NOT NULL
);
CREATE TABLE public.incident_places (
    incident_id character varying(16) NOT NULL,
    "position" integer NOT NULL,
    place_id text NOT NULL
);
CREATE TABLE public.incidents (
    incident_id character varying(16) NOT NULL,
    document_id character varying(16) NOT NULL,
    "position" integer NOT NULL,
    date character varying(10),
    killed integer,
    injured integer,
    casualties integer,
    device character varying(32) NOT NULL,
    victims jsonb NOT NULL,
    text text NOT NULL,
    span_start integer NOT NULL,
    span_end integer NOT NULL,
    sentence text NOT NULL,
    sentence_start integer NOT NULL,
    sentence_end integer NOT NULL,
    flags jsonb NOT NULL,
    inferred jsonb NOT NULL,
    confidence double precision NOT NULL,
    rule text NOT NULL
);
CREATE TABLE public.mentions (
    document_id character varying(16) NOT NULL,
    "position" integer NOT NULL,
    text text NOT NULL,
    span_start integer NOT NULL,
    span_end integer NOT NULL,
    place_id text NOT NULL,
    score double precision NOT NULL,
    alternatives jsonb NOT NULL,
    why text NOT NULL
);
CREATE TABLE public.migrations (
    name character varying(80) NOT NULL,
    applied_at timestamp with time zone NOT NULL
);
CREATE TABLE public.places (
    place_id text NOT NULL,
    name text NOT NULL,
    level character varying(16) NOT NULL,
    adm0 character varying(8) NOT NULL,
    adm1 text,
    adm2 text,
    lon double precision,
    lat double precision,
    population integer,
    valid_from character varying(10),
    valid_to character varying(10)
);
CREATE TABLE public.refused (
    document_id character varying(16) NOT NULL,
    "position" integer NOT NULL,
    text text NOT NULL,
    span_start integer NOT NULL,
    span_end integer NOT NULL,
    reason text NOT NULL
);
CREATE TABLE public.reviews (
    review_id integer NOT NULL,
    fact_id character varying(16) NOT NULL,
    kind character varying(16) NOT NULL,
    document_id character varying(16) NOT NULL,
    verdict character varying(16) NOT NULL,
    corrected jsonb NOT NULL,
    who text NOT NULL,
    note text,
    at timestamp with time zone NOT NULL,
    text text,
    sentence text,
    span_start integer NOT NULL,
    span_end integer NOT NULL
);
CREATE SEQUENCE public.reviews_review_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.reviews_review_id_seq OWNED BY public.reviews.review_id;
CREATE TABLE public.sources (
    source_id integer NOT NULL,
    document_id character varying(16) NOT NULL,
    source_key character varying(16) NOT NULL,
    publisher text,
    published date,
    url text,
    path text,
    retold boolean NOT NULL,
    origin text,
    row_id text,
    added_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.sources_source_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.sources_source_id_seq OWNED BY public.sources.source_id;
CREATE TABLE public.state (
    id integer NOT NULL,
    revision integer NOT NULL
);
CREATE TABLE public.tombstones (
    document_id character varying(16) NOT NULL,
    removed_at timestamp with time zone NOT NULL,
    why text NOT NULL
);
CREATE TABLE public.unread_files (
    unread_id integer NOT NULL,
    path text NOT NULL,
    row_id text,
    problem text NOT NULL,
    remedy text NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.unread_files_unread_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.unread_files_unread_id_seq OWNED BY public.unread_files.unread_id;
ALTER TABLE ONLY public.reviews ALTER COLUMN review_id SET DEFAULT nextval('public.reviews_review_id_seq'::regclass);
ALTER TABLE ONLY public.sources ALTER COLUMN source_id SET DEFAULT nextval('public.sources_source_id_seq'::regclass);
ALTER TABLE ONLY public.unread_files ALTER COLUMN unread_id SET DEFAULT nextval('public.unread_files_unread_id_seq'::regclass);
INSERT INTO public.claim_places VALUES ('ec76939ca3de73cf', 0, 'AZ-AGM');
INSERT INTO public.claims VALUES ('ec76939ca3de73cf', '527b0cee3f993f51', 0, 10, NULL, NULL, NULL, 'exact', NULL, 'ANAMA', '10 years', 194, 202, 'ANAMA says that clearance will take 10 years.', 158, 203, '[]', 0.9, 'claim');
INSERT INTO public.completions VALUES (7, '527b0cee3f993f51', '[{"kind": "figure", "fields": {"end": "2024-05-31", "part": null, "unit": "count", "basis": "period", "flags": [], "start": "2024-05-01", "value": 31.0, "done_by": [], "measure": "ap_mines_found", "unit_si": "count", "value_si": 31.0, "place_ids": ["AZ-FUZ", "AZ-AGM"], "qualifier": "exact", "value_max": null, "reported_by": ["ANAMA"]}, "fact_id": "8f602be17334ae00", "span_end": 36, "span_start": 13, "sentence_end": 69, "sentence_start": 0}, {"kind": "incident", "fields": {"date": "2024-05-07", "flags": [], "device": "mine", "killed": null, "injured": 1, "victims": ["farmer"], "place_ids": ["AZ-AGM/qarvand"], "casualties": null}, "fact_id": "3485b7f636add963", "span_end": 100, "span_start": 79, "sentence_end": 129, "sentence_start": 70}]');
INSERT INTO public.document_words VALUES ('527b0cee3f993f51', 0, '''10'':31,39 ''2024'':3 ''31'':4 ''7'':25 ''a'':14,19 ''aghdam'':11 ''anama'':27,33 ''and'':12 ''anti'':5 ''by'':18 ''clear'':30 ''clearance'':36 ''farmer'':15 ''found'':9 ''fuzuli'':13 ''ha'':32 ''in'':1,10,21 ''injured'':17 ''may'':2,26 ''mine'':20 ''mines'':7 ''on'':24 ''personnel'':6 ''plans'':28 ''qarvand'':22 ''says'':34 ''take'':38 ''that'':35 ''to'':29 ''village'':23 ''was'':16 ''were'':8 ''will'':37 ''years'':40');
INSERT INTO public.documents VALUES ('527b0cee3f993f51', '527b0cee3f993f514cd27b6cf142187d31fae09e6b6cfefefe7bdc41a9f78ebf', 'In May 2024, 31 anti-personnel mines were found in Aghdam and Fuzuli.
A farmer was injured by a mine in Qarvand village on 7 May. ANAMA plans to clear 10 ha.
ANAMA says that clearance will take 10 years.', 'Mines found in May', 'en', '[[0, 2]]', '2026-11-23 18:25:51.580464+00', '1', '2026-11-23 18:25:51.580464+00', '10a3da9bd2ceadb3');
INSERT INTO public.figure_places VALUES ('8f602be17334ae00', 0, 'AZ-FUZ');
INSERT INTO public.figure_places VALUES ('8f602be17334ae00', 1, 'AZ-AGM');
INSERT INTO public.figures VALUES ('8f602be17334ae00', '527b0cee3f993f51', 0, 'ap_mines_found', 31, NULL, 'count', 31, 'count', 'exact', 'period', '2024-05-01', '2024-05-31', '[]', '["ANAMA"]', NULL, NULL, '31 anti-personnel mines', 13, 36, 'In May 2024, 31 anti-personnel mines were found in Aghdam and Fuzuli.', 0, 69, '[]', '["start"]', 0.9, 'found');
INSERT INTO public.findings VALUES (4, '851f5d9b5be5be48', 'figure', '527b0cee3f993f51', 151, 156, 130, 157, '{"end": null, "part": null, "unit": "ha", "basis": "period", "flags": [], "start": null, "value": 10, "done_by": [], "measure": "area_cleared", "unit_si": "m2", "value_si": 100000.0, "place_ids": ["AZ-AGM"], "qualifier": "exact", "value_max": null, "reported_by": []}');
INSERT INTO public.incident_places VALUES ('3485b7f636add963', 0, 'AZ-AGM/qarvand');
INSERT INTO public.incidents VALUES ('3485b7f636add963', '527b0cee3f993f51', 0, '2024-05-07', NULL, 1, NULL, 'mine', '["farmer"]', 'was injured by a mine', 79, 100, 'A farmer was injured by a mine in Qarvand village on 7 May.', 70, 129, '[]', '[]', 0.8, 'explosion');
INSERT INTO public.mentions VALUES ('527b0cee3f993f51', 0, 'Aghdam', 51, 57, 'AZ-AGM', 0.75, '["AZ-FUZ"]', 'district named');
INSERT INTO public.migrations VALUES ('0001_revision', '2026-11-23 18:25:51.535485+00');
INSERT INTO public.migrations VALUES ('0002_documents', '2026-11-23 18:25:51.542908+00');
INSERT INTO public.migrations VALUES ('0003_facts', '2026-11-23 18:25:51.555994+00');
INSERT INTO public.migrations VALUES ('0004_reviews', '2026-11-23 18:25:51.559924+00');
INSERT INTO public.migrations VALUES ('0005_search', '2026-11-23 18:25:51.563425+00');
INSERT INTO public.migrations VALUES ('0006_claims', '2026-11-23 18:25:51.569157+00');
INSERT INTO public.migrations VALUES ('0007_findings', '2026-11-23 18:25:51.574788+00');
INSERT INTO public.migrations VALUES ('0008_unread_files', '2026-11-23 18:25:51.578039+00');
INSERT INTO public.places VALUES ('AZ-AGM', 'Aghdam', 'adm1', 'AZ', 'AZ-AGM', NULL, 46.93, 39.99, NULL, NULL, NULL);
INSERT INTO public.places VALUES ('AZ-AGM/qarvand', 'Qarvand', 'settlement', 'AZ', 'AZ-AGM', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.places VALUES ('AZ-FUZ', 'Fuzuli', 'adm1', 'AZ', 'AZ-FUZ', NULL, 47.14, 39.6, NULL, NULL, NULL);
INSERT INTO public.refused VALUES ('527b0cee3f993f51', 0, '10 ha', 151, 156, 'a plan is no result');
INSERT INTO public.reviews VALUES (1, '8f602be17334ae00', 'figure', '527b0cee3f993f51', 'corrected', '{"value": 32, "unit_si": "count", "value_si": 32}', 'Aysel', 'as the table says', '2026-11-23 18:25:51.873735+00', '31 anti-personnel mines', 'In May 2024, 31 anti-personnel mines were found in Aghdam and Fuzuli.', 13, 36);
INSERT INTO public.reviews VALUES (2, '3485b7f636add963', 'incident', '527b0cee3f993f51', 'accepted', '{}', 'Oleh', NULL, '2026-11-23 18:25:51.878263+00', 'was injured by a mine', 'A farmer was injured by a mine in Qarvand village on 7 May.', 79, 100);
INSERT INTO public.reviews VALUES (3, '3485b7f636add963', 'incident', '527b0cee3f993f51', 'linked', '{"same_as": "3485b7f636add963"}', 'Oleh', NULL, '2026-11-23 18:25:51.881555+00', 'was injured by a mine', 'A farmer was injured by a mine in Qarvand village on 7 May.', 79, 100);
INSERT INTO public.reviews VALUES (4, '851f5d9b5be5be48', 'figure', '527b0cee3f993f51', 'added', '{}', 'Aysel', NULL, '2026-11-23 18:25:52.093307+00', '10 ha', 'ANAMA plans to clear 10 ha.', 151, 156);
INSERT INTO public.reviews VALUES (5, '8f602be17334ae00', 'figure', '527b0cee3f993f51', 'rejected', '{}', 'Oleh', NULL, '2026-11-23 18:25:52.097316+00', '31 anti-personnel mines', 'In May 2024, 31 anti-personnel mines were found in Aghdam and Fuzuli.', 13, 36);
INSERT INTO public.reviews VALUES (6, '8f602be17334ae00', 'figure', '527b0cee3f993f51', 'undone', '{}', 'Aysel', NULL, '2026-11-23 18:25:52.099591+00', '31 anti-personnel mines', 'In May 2024, 31 anti-personnel mines were found in Aghdam and Fuzuli.', 13, 36);
INSERT INTO public.reviews VALUES (7, '527b0cee3f993f51', 'document', '527b0cee3f993f51', 'complete', '{}', 'Aysel', NULL, '2026-11-23 18:25:52.100912+00', NULL, NULL, 0, 0);
INSERT INTO public.sources VALUES (1, '527b0cee3f993f51', '13f2071642a13ee9', 'AZERTAC', '2024-06-01', 'https://example.org/1', '/reports/1.md', false, NULL, '1', '2026-11-23 18:25:51.580464+00');
INSERT INTO public.sources VALUES (2, '527b0cee3f993f51', '114d7c4f4321d9ff', 'Report', '2024-06-03', 'https://example.org/2', '/reports/2.md', false, NULL, '1', '2026-11-23 18:25:51.611101+00');
INSERT INTO public.state VALUES (1, 11);
INSERT INTO public.tombstones VALUES ('d4ea12ea59261022', '2026-11-23 18:25:51.616779+00', 'a test report');
INSERT INTO public.unread_files VALUES (1, '/reports/scan.pdf', NULL, 'no text layer', 'Add one: ocrmypdf IN OUT', '2026-11-23 18:25:52.107406+00');
SELECT pg_catalog.setval('public.reviews_review_id_seq', 7, true);
SELECT pg_catalog.setval('public.sources_source_id_seq', 3, true);
SELECT pg_catalog.setval('public.unread_files_unread_id_seq', 1, true);
ALTER TABLE ONLY public.claim_places
    ADD CONSTRAINT claim_places_pkey PRIMARY KEY (claim_id, "position");
ALTER TABLE ONLY public.claims
    ADD CONSTRAINT claims_pkey PRIMARY KEY (claim_id);
ALTER TABLE ONLY public.completions
    ADD CONSTRAINT completions_pkey PRIMARY KEY (review_id);
ALTER TABLE ONLY public.document_words
    ADD CONSTRAINT document_words_pkey PRIMARY KEY (document_id, part);
ALTER TABLE ONLY public.documents
    ADD CONSTRAINT documents_pkey PRIMARY KEY (document_id);
ALTER TABLE ONLY public.documents
    ADD CONSTRAINT documents_text_sha256_key UNIQUE (text_sha256);
ALTER TABLE ONLY public.figure_places
    ADD CONSTRAINT figure_places_pkey PRIMARY KEY (figure_id, "position");
ALTER TABLE ONLY public.figures
    ADD CONSTRAINT figures_pkey PRIMARY KEY (figure_id);
ALTER TABLE ONLY public.findings
    ADD CONSTRAINT findings_pkey PRIMARY KEY (review_id);
ALTER TABLE ONLY public.incident_places
    ADD CONSTRAINT incident_places_pkey PRIMARY KEY (incident_id, "position");
ALTER TABLE ONLY public.incidents
    ADD CONSTRAINT incidents_pkey PRIMARY KEY (incident_id);
ALTER TABLE ONLY public.mentions
    ADD CONSTRAINT mentions_pkey PRIMARY KEY (document_id, "position");
ALTER TABLE ONLY public.migrations
    ADD CONSTRAINT migrations_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.places
    ADD CONSTRAINT places_pkey PRIMARY KEY (place_id);
ALTER TABLE ONLY public.refused
    ADD CONSTRAINT refused_pkey PRIMARY KEY (document_id, "position");
ALTER TABLE ONLY public.reviews
    ADD CONSTRAINT reviews_pkey PRIMARY KEY (review_id);
ALTER TABLE ONLY public.sources
    ADD CONSTRAINT sources_document_id_source_key_key UNIQUE (document_id, source_key);
ALTER TABLE ONLY public.sources
    ADD CONSTRAINT sources_pkey PRIMARY KEY (source_id);
ALTER TABLE ONLY public.state
    ADD CONSTRAINT state_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tombstones
    ADD CONSTRAINT tombstones_pkey PRIMARY KEY (document_id);
ALTER TABLE ONLY public.unread_files
    ADD CONSTRAINT unread_files_pkey PRIMARY KEY (unread_id);
CREATE INDEX ix_claim_places_place_id ON public.claim_places USING btree (place_id);
CREATE INDEX ix_claims_document_id ON public.claims USING btree (document_id, "position");
CREATE INDEX ix_document_words ON public.document_words USING gin (words);
CREATE INDEX ix_figure_places_place_id ON public.figure_places USING btree (place_id);
CREATE INDEX ix_figures_document_id ON public.figures USING btree (document_id, "position");
CREATE INDEX ix_findings_document_id ON public.findings USING btree (document_id);
CREATE INDEX ix_findings_fact_id ON public.findings USING btree (fact_id);
CREATE INDEX ix_incident_places_place_id ON public.incident_places USING btree (place_id);
CREATE INDEX ix_incidents_document_id ON public.incidents USING btree (document_id, "position");
CREATE INDEX ix_mentions_place_id ON public.mentions USING btree (place_id);
CREATE INDEX ix_reviews_document_id ON public.reviews USING btree (document_id);
CREATE INDEX ix_reviews_fact_id ON public.reviews USING btree (fact_id);
CREATE INDEX ix_sources_path ON public.sources USING btree (path);
CREATE INDEX ix_unread_files_path ON public.unread_files USING btree (path);
ALTER TABLE ONLY public.claim_places
    ADD CONSTRAINT claim_places_claim_id_fkey FOREIGN KEY (claim_id) REFERENCES public.claims(claim_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.claim_places
    ADD CONSTRAINT claim_places_place_id_fkey FOREIGN KEY (place_id) REFERENCES public.places(place_id);
ALTER TABLE ONLY public.claims
    ADD CONSTRAINT claims_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.documents(document_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.completions
    ADD CONSTRAINT completions_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.documents(document_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.document_words
    ADD CONSTRAINT document_words_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.documents(document_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.figure_places
    ADD CONSTRAINT figure_places_figure_id_fkey FOREIGN KEY (figure_id) REFERENCES public.figures(figure_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.figure_places
    ADD CONSTRAINT figure_places_place_id_fkey FOREIGN KEY (place_id) REFERENCES public.places(place_id);
ALTER TABLE ONLY public.figures
    ADD CONSTRAINT figures_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.documents(document_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.incident_places
    ADD CONSTRAINT incident_places_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES public.incidents(incident_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.incident_places
    ADD CONSTRAINT incident_places_place_id_fkey FOREIGN KEY (place_id) REFERENCES public.places(place_id);
ALTER TABLE ONLY public.incidents
    ADD CONSTRAINT incidents_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.documents(document_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.mentions
    ADD CONSTRAINT mentions_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.documents(document_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.mentions
    ADD CONSTRAINT mentions_place_id_fkey FOREIGN KEY (place_id) REFERENCES public.places(place_id);
ALTER TABLE ONLY public.refused
    ADD CONSTRAINT refused_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.documents(document_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.sources
    ADD CONSTRAINT sources_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.documents(document_id) ON DELETE CASCADE;
