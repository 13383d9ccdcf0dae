/* The panel of a saved map: what stands behind a unit or an incident, sentence by sentence. */
(function () {
  "use strict";

  var SHOWN = 6;
  var element = window.geotrackMap.element;

  /* `onSelect` is told what the reader chose, or an empty text; `tell` shows another view. */
  function open(map, panel, ofControls, onSelect) {
    var view, story, words;

    function heading(level, text) { return element(level, { text: text }); }

    function source(quote) {
      var line = element("p", { "class": "gt-source" }, element("span", { text: quote.publisher + ", " + quote.published }));
      if (quote.url) {
        line.appendChild(document.createTextNode(" · "));
        line.appendChild(element("a", { href: quote.url, target: "_blank", rel: "noopener noreferrer", text: words.open }));
      }
      return line;
    }

    function quotation(quote) {
      return element("blockquote", {},
        quote.title ? element("p", { "class": "gt-title", text: quote.title }) : null,
        element("p", { "class": "gt-sentence" },
          element("span", { text: quote.before }), element("mark", { text: quote.mark }), element("span", { text: quote.after })),
        source(quote),
        quote.note ? element("p", { "class": "gt-note", text: quote.note }) : null);
    }

    function figure(id) {
      var quote = story.quotes[id];
      if (!quote) return null;
      return element("li", {},
        element("p", { "class": "gt-figure" }, element("strong", { text: quote.value }), element("span", { text: " " + quote.when })),
        element("p", { "class": "gt-places", text: quote.places }),
        quotation(quote));
    }

    function quotations(quotes) {
      return items(quotes.map(function (quote) { return element("li", {}, quotation(quote)); }));
    }

    function more(text) {
      return text ? element("p", { "class": "gt-note", text: text }) : null;
    }

    function items(made) {
      var list = element("ul", { "class": "gt-list" });
      made.forEach(function (item) { if (item) list.appendChild(item); });
      return list;
    }

    function mentioned(row) {
      var box = element("details", { "class": "gt-row" },
        element("summary", {},
          element("strong", { text: row.value }),
          element("span", { text: " " + row.when }),
          element("span", { "class": "gt-places", text: row.places })),
        row.reason ? element("p", { "class": "gt-note", text: row.reason }) : null,
        items(row.figures.map(figure)),
        more(row.more));
      box.addEventListener("toggle", function () { window.geotrackMap.mark(map, box.open ? row.units : []); });
      return element("li", {}, box);
    }

    function rest(rows) {
      return rows.length ? element("details", { "class": "gt-rest" },
        element("summary", { text: words.rest + ": " + rows.length }), items(rows.map(mentioned))) : null;
    }

    function section(title, note, rows) {
      if (!rows.rows.length) return null;
      return element("section", {}, heading("h2", title),
        note ? element("p", { "class": "gt-note", text: note }) : null,
        items(rows.rows.slice(0, SHOWN).map(mentioned)), rest(rows.rows.slice(SHOWN)), more(rows.more));
    }

    function eventButton(id) {
      return element("li", {}, element("button", {
        type: "button", "class": "gt-link", text: story.events[id].title,
        click: function () { window.geotrackMap.choose(map, id); }
      }));
    }

    function events(title, ids) {
      return ids.length ? element("section", {}, heading("h2", title), items(ids.map(eventButton))) : null;
    }

    function unitButton(id) {
      return element("button", {
        type: "button", "class": "gt-link", text: view.units[id].name,
        click: function () { window.geotrackMap.choose(map, id); }
      });
    }

    function unitRow(id) {
      var unit = view.units[id];
      return element("tr", {}, element("th", { scope: "row" }, unitButton(id)),
        element("td", { text: (unit.text || (unit.hatched ? words.groupShort : "–")) + (unit.bare ? " (" + words.bareShort + ")" : "") }));
    }

    function order(a, b) {
      var one = story.units[a].sort, other = story.units[b].sort;
      if ((one === undefined) !== (other === undefined)) return one === undefined ? 1 : -1;
      if (one !== other && one !== undefined) return other - one;
      if (view.units[a].hatched !== view.units[b].hatched) return view.units[a].hatched ? -1 : 1;
      return view.units[a].name.localeCompare(view.units[b].name, document.documentElement.lang);
    }

    function table() {
      var body = element("tbody", {});
      Object.keys(view.units).sort(order).forEach(function (id) { body.appendChild(unitRow(id)); });
      return element("section", {}, heading("h2", words.units), element("table", {},
        element("thead", {}, element("tr", {}, element("th", { scope: "col", text: words.unit }), element("th", { scope: "col", text: words.value }))), body));
    }

    function publisher(one) {
      return element("tr", {}, element("th", { scope: "row", text: one.name }),
        element("td", {}, element("span", { text: one.count }), element("span", { "class": "gt-places", text: one.days })));
    }

    function publishers(rows) {
      var body = element("tbody", {});
      rows.forEach(function (one) { body.appendChild(publisher(one)); });
      return element("table", { "class": "gt-publishers" }, body);
    }

    function report(one) {
      return element("li", {}, element("p", { "class": "gt-title", text: one.title }), source(one));
    }

    function sources() {
      var told = story.sources;
      if (!told.publishers.length) return null;
      var rest = told.publishers.slice(SHOWN);
      return element("section", {}, heading("h2", words.sourcesTitle), element("p", { "class": "gt-note", text: told.count }),
        publishers(told.publishers.slice(0, SHOWN)),
        rest.length ? element("details", { "class": "gt-rest" }, element("summary", { text: words.rest + ": " + rest.length }), publishers(rest)) : null,
        element("details", { "class": "gt-rest" }, element("summary", { text: words.reportsListed }), items(told.reports.map(report)), more(told.more)));
    }

    function country() {
      var told = story.country;
      if (!told) return null;
      var quotes = told.story.figures.map(figure).filter(Boolean);
      return element("section", { "class": "gt-country" },
        element("p", { "class": "gt-note", text: told.name }),
        element("p", { "class": "gt-value", text: told.text || "–" }),
        element("p", { "class": "gt-note", text: told.story.support || words.noFacts }),
        quotes.length ? element("details", { "class": "gt-rest" },
          element("summary", { text: words.sources }), items(quotes), more(told.story.more)) : null);
    }

    function notes() {
      var made = element("section", { "class": "gt-about" }, heading("h2", words.about));
      story.notes.forEach(function (note) { made.appendChild(element("p", { text: note })); });
      return made;
    }

    function fill(parts) {
      panel.replaceChildren.apply(panel, parts.filter(Boolean));
      panel.scrollTop = 0;
    }

    function overview() {
      window.geotrackMap.mark(map, []);
      fill([
        country(),
        element("p", { "class": "gt-note", text: words.choose }),
        section(words.groups, words.groupsNote, story.groups),
        section(words.coarser, "", story.coarser),
        section(words.straddling, "", story.straddling),
        section(words.conflicts, "", story.conflicts),
        events(words.unplaced, story.unplaced),
        table(),
        sources(),
        notes()
      ]);
    }

    function back() {
      return element("button", {
        type: "button", "class": "gt-back", text: "← " + words.back,
        click: function () { window.geotrackMap.select(map, null); show(""); }
      });
    }

    function support(unit) {
      return unit.support ? element("p", { "class": "gt-note", text: unit.support }) : null;
    }

    function showUnit(id) {
      var unit = story.units[id], incidents = story.eventsOf[id] || [];
      var groups = unit.groups.map(function (number) { return story.groups.rows[number]; }).filter(Boolean);
      var conflicts = unit.conflicts.map(function (number) { return story.conflicts.rows[number]; }).filter(Boolean);
      fill([
        back(),
        heading("h2", view.units[id].name),
        view.units[id].text ? element("p", { "class": "gt-value", text: view.units[id].text }) : null,
        view.units[id].bare ? element("p", { "class": "gt-note", text: words.bare }) : null,
        support(unit),
        unit.figures.length ? heading("h3", words.sources) : null,
        unit.support ? null : element("p", { "class": "gt-note", text: words.nothing }),
        items(unit.figures.map(figure)),
        more(unit.more),
        groups.length ? heading("h3", words.inGroup) : null,
        groups.length ? items(groups.map(mentioned)) : null,
        conflicts.length ? heading("h3", words.conflicts) : null,
        conflicts.length ? items(conflicts.map(mentioned)) : null,
        events(words.incidents, incidents)
      ]);
    }

    /* The figures that several units share: those of one badge, with their sentences. */
    function showGroup(mark) {
      var rows = story.groups.rows.filter(function (row) {
        var drawn = row.units.filter(function (id) { return view.units[id] && !view.units[id].bare; });
        return drawn.sort().join() === mark.units.slice().sort().join();
      });
      var listed = items(rows.map(mentioned)), first = listed.querySelector("details");
      fill([
        back(),
        heading("h2", words.groups),
        element("p", { "class": "gt-value", text: mark.text }),
        element("p", { "class": "gt-note", text: words.groupsNote }),
        items(mark.units.map(function (id) { return element("li", {}, unitButton(id)); })),
        heading("h3", words.sources),
        listed,
        rows.length < mark.count ? more(story.groups.more) : null
      ]);
      if (first) first.open = true;
      window.geotrackMap.mark(map, mark.units);
    }

    function showEvent(id) {
      var event = story.events[id], unit = story.unitOf[id];
      fill([
        back(),
        heading("h2", event.title),
        element("p", { "class": "gt-note", text: event.device }),
        unit ? element("p", {}, unitButton(unit)) : null,
        event.disputes.length ? heading("h3", words.conflicts) : null,
        items(event.disputes.map(function (text) { return element("li", { text: text }); })),
        heading("h3", words.sources),
        quotations(event.quotes)
      ]);
    }

    function focusBack() {
      var button = panel.querySelector(".gt-back");
      if (button) button.focus({ preventScroll: true });
      if (window.matchMedia("(max-width: 760px)").matches) panel.scrollIntoView({ block: "nearest" });
    }

    function turn(id) {
      var group = groupOf(view, id);
      window.geotrackMap.mark(map, []);
      if (group) showGroup(group);
      else if (id && story.units[id]) showUnit(id);
      else if (id && story.shown[id]) showEvent(id);
      else overview();
    }

    function show(id) {
      turn(id);
      if (id) focusBack();
      onSelect(id);
    }

    function tell(shown, told, selected) {
      view = shown;
      story = told;
      words = Object.assign({}, ofControls, view.words);
      turn(selected);
    }

    map.geotrack.onSelect = show;
    map.on("click", function () { window.geotrackMap.select(map, null); show(""); });
    return { tell: tell };
  }

  function groupOf(view, id) {
    return (view.groups || []).filter(function (mark) { return "group:" + mark.id === id; })[0] || null;
  }

  window.geotrackPanel = { open: open, groupOf: groupOf };
})();
