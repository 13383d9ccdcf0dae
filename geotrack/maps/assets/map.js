/* The drawing of a geotrack map. Texts from documents reach the page through textContent only. */
(function () {
  "use strict";

  var SELECTED = { weight: 3, color: "#111", opacity: 1, dashArray: null };
  var NARROW_PX = 520, ROOM_FOR_LEGEND_PX = 700;
  // A map that is smaller has no room between what stands at its edges.
  var LEAST_PX = 100;
  // From more points than these on, circles that hold few would hide the colours of the units from afar.
  var MANY_POINTS = 300, CLOSE_ZOOM = 8;

  // Leaflet's scale knows English units only.
  var writeScale = L.Control.Scale.prototype._updateScale;
  L.Control.Scale.include({
    _updateScale: function (line, text, ratio) {
      var state = this._map.geotrack, words = state && state.view ? state.view.words : {};
      var number = text.split(" ")[0], unit = text.split(" ")[1];
      writeScale.call(this, line, number + " " + (words[unit] || unit), ratio);
    }
  });

  function element(tag, options) {
    var node = document.createElement(tag);
    options = options || {};
    Object.keys(options).forEach(function (name) {
      if (name === "text") node.textContent = options.text;
      else if (name === "class") node.className = options["class"];
      else if (name === "style") node.style.cssText = options.style;
      else if (name === "click") node.addEventListener("click", options.click);
      else node.setAttribute(name, options[name]);
    });
    Array.prototype.slice.call(arguments, 2).forEach(function (child) {
      if (child) node.appendChild(child);
    });
    return node;
  }

  function hatching() {
    var svg = "http://www.w3.org/2000/svg";
    function node(tag, attributes, child) {
      var made = document.createElementNS(svg, tag);
      Object.keys(attributes).forEach(function (name) { made.setAttribute(name, attributes[name]); });
      if (child) made.appendChild(child);
      return made;
    }
    var line = node("path", { d: "M0 8L8 0M-2 2L2 -2M6 10L10 6", stroke: "#7b8a93", "stroke-width": "1.4" });
    var pattern = node("pattern", { id: "gt-hatch", width: 8, height: 8, patternUnits: "userSpaceOnUse" });
    pattern.appendChild(node("rect", { width: 8, height: 8, fill: "#eef1f3" }));
    pattern.appendChild(line);
    return node("svg", { width: 0, height: 0, "aria-hidden": "true", "class": "gt-defs" }, node("defs", {}, pattern));
  }

  function styleOf(state, feature) {
    var unit = state.view.units[feature.id];
    var dashed = feature.properties.approximate;
    return {
      fillColor: unit ? (unit.hatched ? "url(#gt-hatch)" : unit.fill) : "#dde2e5",
      fillOpacity: 1,
      color: dashed ? "#6f7a80" : "#8b969c",
      weight: 1,
      dashArray: dashed ? "3 4" : null
    };
  }

  function unitLabel(state, id) {
    var unit = state.view.units[id] || { name: id, text: "" };
    var words = state.view.words;
    return unit.name + ": " + (unit.text || (unit.hatched ? words.group : words.noData));
  }

  function tooltip(text) {
    return element("span", { "class": "gt-tip", text: text });
  }

  function choose(map, id) {
    var state = map.geotrack;
    select(map, id);
    if (state.onSelect) state.onSelect(id);
    else if (window.Streamlit) {
      state.clicks += 1;
      window.Streamlit.setComponentValue({ selected: id, click: state.clicks });
    }
  }

  function onKeys(node, action) {
    node.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      action();
    });
  }

  function drawUnits(map, geometry) {
    var state = map.geotrack;
    state.layers = {};
    state.outlines = L.geoJSON(geometry, {
      style: function (feature) { return styleOf(state, feature); },
      onEachFeature: function (feature, layer) {
        state.layers[feature.id] = layer;
        layer.bindTooltip(function () { return tooltip(unitLabel(state, feature.id)); }, { sticky: true });
        layer.on("click", function (event) { L.DomEvent.stopPropagation(event); choose(map, feature.id); });
        layer.on("mouseover", function () { if (state.selected !== feature.id) layer.setStyle({ weight: 2.5 }); });
        layer.on("mouseout", function () { paint(map, feature.id); });
      }
    }).addTo(map);
    Object.keys(state.layers).forEach(function (id) {
      var node = state.layers[id].getElement();
      if (!node) return;
      node.setAttribute("tabindex", "0");
      node.setAttribute("role", "button");
      node.setAttribute("data-place", id);
      onKeys(node, function () { choose(map, id); });
    });
  }

  function paint(map, id) {
    var state = map.geotrack, layer = state.layers[id];
    if (!layer) return;
    layer.setStyle(styleOf(state, layer.feature));
    if (state.marked.indexOf(id) >= 0) layer.setStyle({ weight: 2.5, color: "#111", dashArray: "6 4" });
    if ((state.grouped || []).indexOf(id) >= 0) { layer.setStyle({ weight: 3, color: "#111", dashArray: null }); layer.bringToFront(); }
    if (state.selected === id) { layer.setStyle(SELECTED); layer.bringToFront(); }
    var node = layer.getElement();
    if (node) node.setAttribute("aria-label", unitLabel(state, id));
  }

  function repaint(map) {
    Object.keys(map.geotrack.layers).forEach(function (id) { paint(map, id); });
  }

  function marker(map, point, icon, text) {
    var made = L.marker([point.lat, point.lon], { icon: icon, keyboard: true, alt: text, title: "" });
    made.bindTooltip(function () { return tooltip(text); }, { direction: "top", offset: [0, -8] });
    made.on("click", function () { choose(map, point.id); });
    made.on("add", function () {
      var node = made.getElement();
      if (!node) return;
      node.setAttribute("aria-label", text);
      node.setAttribute("data-mark", point.id);
      onKeys(node, function () { choose(map, point.id); });
    });
    made.markId = point.id;
    return made;
  }

  function pin(map, point) {
    var dot = element("span", { "class": "gt-dot" + (point.fatal ? " gt-fatal" : ""), style: "background:" + point.colour });
    var icon = L.divIcon({ className: "gt-pin", html: dot, iconSize: [22, 22] });
    return marker(map, point, icon, point.label);
  }

  function badge(map, mark) {
    var state = map.geotrack;
    var text = state.view.words.incidents + ", " + state.view.units[mark.id].name + ": " + mark.count;
    var box = element("span", { "class": "gt-badge", text: String(mark.count) });
    var icon = L.divIcon({ className: "gt-pin", html: box, iconSize: [26, 22] });
    return marker(map, mark, icon, text);
  }

  /* Figures for several units at once: while their badge is pointed at, the outline of them all is heavy. */
  function groupBadge(map, mark) {
    var state = map.geotrack, names = mark.units.map(function (id) { return state.view.units[id].name; });
    var text = mark.text + (mark.count > 1 ? " (+" + (mark.count - 1) + ")" : "");
    var icon = L.divIcon({ className: "gt-pin", html: groupBox(mark.count), iconSize: [30, 18], iconAnchor: [15, 28] });
    // A saved map has a card for the group itself; the app shows that of the unit at which the badge stands.
    var chosen = { id: state.onSelect ? "group:" + mark.id : mark.id, lat: mark.lat, lon: mark.lon };
    var made = marker(map, chosen, icon, state.view.words.group + ": " + text + ", " + names.join(", "));
    made.markId = null;
    made.figures = mark.count;
    made.on("add", function () {
      var node = made.getElement();
      if (!node) return;
      node.removeAttribute("data-mark");
      node.setAttribute("data-group", mark.id);
      [["mouseenter", mark.units], ["focus", mark.units], ["mouseleave", []], ["blur", []]].forEach(function (pair) {
        node.addEventListener(pair[0], function () { outline(map, pair[1]); });
      });
    });
    return made;
  }

  function groupBox(count) {
    return element("span", { "class": "gt-group", text: "\u03a3" + (count > 1 ? " " + count : "") });
  }

  function drawGroups(map) {
    var state = map.geotrack;
    if (state.groups) map.removeLayer(state.groups);
    state.groups = clusters(function (group) {
      var count = group.getAllChildMarkers().reduce(function (sum, one) { return sum + one.figures; }, 0);
      group.options.title = state.view.words.groups + ": " + count;
      return L.divIcon({ className: "gt-pin", html: groupBox(count), iconSize: [30, 18], iconAnchor: [15, 28] });
    });
    state.groups.addLayers((state.view.groups || []).map(function (mark) { return groupBadge(map, mark); }));
    state.groups.addTo(map);
  }

  function clusters(icon, radius) {
    return L.markerClusterGroup({
      showCoverageOnHover: false,
      maxClusterRadius: radius || 34,
      spiderfyOnMaxZoom: true,
      animate: false,
      iconCreateFunction: icon
    });
  }

  function apart(zoom) {
    return zoom < CLOSE_ZOOM ? 80 : 34;
  }

  function cluster(map) {
    return clusters(function (group) {
      var count = element("span", { "class": "gt-cluster", text: String(group.getChildCount()) });
      group.options.title = map.geotrack.view.words.cluster + ": " + group.getChildCount();
      return L.divIcon({ className: "gt-pin", html: count, iconSize: [30, 30] });
    }, map.geotrack.marks.points.length > MANY_POINTS ? apart : 34);
  }

  function drawMarks(map) {
    var state = map.geotrack;
    [state.pins, state.badges].forEach(function (layer) { if (layer) map.removeLayer(layer); });
    state.pins = cluster(map);
    state.pins.addLayers(state.marks.points.map(function (point) { return pin(map, point); }));
    state.badges = L.layerGroup(state.marks.badges.map(function (mark) { return badge(map, mark); }));
    state.badges.addTo(map);
    state.pins.addTo(map);
  }

  function row(swatch, text) {
    return element("li", {}, element("span", { "class": "gt-swatch " + (swatch.kind || ""), style: swatch.style || "" , "aria-hidden": "true"}), element("span", { text: text }));
  }

  function legendRows(view) {
    var legend = view.legend, words = view.words, rows = [];
    legend.classes.slice().reverse().forEach(function (item) { rows.push(row({ style: "background:" + item.colour }, item.label)); });
    if (legend.zero) rows.push(row({ style: "background:" + legend.zero }, words.zero));
    if (legend.hatched) rows.push(row({ kind: "gt-hatched" }, words.group));
    if (legend.noData) rows.push(row({ style: "background:" + legend.noData }, words.noData));
    if (legend.approximate) rows.push(row({ kind: "gt-dashed" }, words.approximate));
    return rows;
  }

  function markRows(view) {
    var legend = view.legend, words = view.words, rows = [];
    legend.devices.forEach(function (item) { rows.push(row({ kind: "gt-round", style: "background:" + item.colour }, item.label)); });
    if (legend.fatal) rows.push(row({ kind: "gt-round gt-fatal", style: "background:#fff" }, words.fatal));
    if (legend.badge) rows.push(row({ kind: "gt-boxed" }, words.badge));
    return rows;
  }

  function groupRows(view) {
    var rows = [];
    if (view.legend.group) rows.push(row({ kind: "gt-grouped" }, "\u03a3 " + view.words.groups));
    return rows;
  }

  function list(rows) {
    var made = element("ul", {});
    rows.forEach(function (item) { made.appendChild(item); });
    return made;
  }

  function drawLegend(map) {
    var state = map.geotrack, view = state.view;
    if (state.legend) state.legend.remove();
    state.legend = L.control({ position: view.legend.corner });
    state.legend.onAdd = function () {
      var marks = markRows(view);
      var box = element("details", { "class": "gt-legend" },
        element("summary", { text: view.legend.title }),
        list(legendRows(view).concat(groupRows(view))),
        marks.length ? element("h2", { text: view.words.incidents }) : null,
        marks.length ? list(marks) : null,
        narrow(map) ? element("p", { text: notesOf(view) }) : null);
      box.open = map.getSize().x > ROOM_FOR_LEGEND_PX;
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      return box;
    };
    state.legend.addTo(map);
  }

  function narrow(map) {
    return map.getSize().x <= NARROW_PX;
  }

  /* A frame may have no size yet, for which no zoom fits: wait until it has one. */
  function whenSeen(map, act) {
    var size = map.getSize();
    if (Math.min(size.x, size.y) > LEAST_PX) { act(); return; }
    map.once("resize", function () { whenSeen(map, act); });
  }

  /* What stands at the bottom, the attribution and on a narrow map the closed legend, covers no land. */
  function roomFor(map) {
    return { animate: false, paddingTopLeft: [12, 12], paddingBottomRight: [12, narrow(map) ? 62 : 40] };
  }

  function notesOf(view) {
    return view.notes.filter(Boolean).join(" ");
  }

  function drawNotes(map) {
    var state = map.geotrack;
    if (state.note) map.attributionControl.removeAttribution(state.note);
    // Leaflet writes attributions as HTML: they go in escaped. A narrow map has the rest in its legend.
    state.note = element("span", { text: narrow(map) ? state.view.notes[0] : notesOf(state.view) }).innerHTML;
    map.attributionControl.addAttribution(state.note);
    raiseScale(map);
  }

  /* Lift what stands at the bottom left above the attribution, where both have no room side by side. */
  function raiseScale(map) {
    var told = map.attributionControl.getContainer(), left = map.getContainer().querySelector(".leaflet-bottom.leaflet-left");
    if (!told || !left) return;
    var beside = told.offsetWidth + left.offsetWidth + 16 <= map.getSize().x;
    left.style.bottom = beside ? "" : told.offsetHeight + "px";
  }

  /* In a page that scrolls the wheel scrolls the page, until the map is pressed or Ctrl is held. */
  function guardWheel(map) {
    var box = map.getContainer(), page = document.documentElement;
    if (window.parent === window && page.scrollHeight <= page.clientHeight) return;
    map.scrollWheelZoom.disable();
    ["mousedown", "focusin"].forEach(function (name) {
      box.addEventListener(name, function () { map.scrollWheelZoom.enable(); });
    });
    box.addEventListener("wheel", function (event) {
      if (event.ctrlKey) map.scrollWheelZoom.enable();
    }, { capture: true, passive: true });
    box.addEventListener("mouseleave", function () { map.scrollWheelZoom.disable(); });
  }

  /* Leaflet's own words: what its buttons say, and the units of the scale. */
  function nameControls(map) {
    var words = map.geotrack.view.words, zoom = map.zoomControl;
    [[zoom && zoom._zoomInButton, words.zoomIn], [zoom && zoom._zoomOutButton, words.zoomOut]].forEach(function (pair) {
      if (!pair[0]) return;
      pair[0].title = pair[1];
      pair[0].setAttribute("aria-label", pair[1]);
    });
    map.getContainer().querySelectorAll(".leaflet-control-scale-line").forEach(function (line) {
      var number = line.textContent.split(" ")[0], unit = line.textContent.split(" ")[1];
      if (words[unit]) line.textContent = number + " " + words[unit];
    });
  }

  function draw(map) {
    var state = map.geotrack;
    if (!state.geometry || !state.view) return;
    if (!state.outlines) drawUnits(map, state.geometry);
    repaint(map);
    drawLegend(map);
    drawNotes(map);
    nameControls(map);
    select(map, state.wanted);
    clearTimeout(state.later);
    state.later = setTimeout(function () { drawBadges(map); });
  }

  /* What stands on the units comes after them: thousands of incidents take a while. */
  function drawBadges(map) {
    var state = map.geotrack;
    if (!state.outlines || !state.marks) return;
    if (state.badged !== state.view) drawGroups(map);
    if (state.drawn !== state.marks) drawMarks(map);
    state.badged = state.view;
    state.drawn = state.marks;
    select(map, state.selected);
    tell(state);
  }

  /* Once, and when the browser has had time to show what was drawn: what comes then keeps it busy. A click in
     between is not spoken over: its run shows everything. */
  function tell(state) {
    if (!state.tells || !window.Streamlit) return;
    state.tells = false;
    setTimeout(function () { if (!state.clicks) window.Streamlit.setComponentValue({ painted: true }); }, 200);
  }

  function select(map, id) {
    var state = map.geotrack, before = state.selected;
    state.selected = id || null;
    if (!state.layers) return;
    [before, state.selected].forEach(function (one) { if (one) paint(map, one); });
    map.getContainer().querySelectorAll(".gt-chosen").forEach(function (node) { node.classList.remove("gt-chosen"); });
    var node = id && map.getContainer().querySelector('[data-mark="' + CSS.escape(id) + '"]');
    if (node) node.classList.add("gt-chosen");
  }

  function outline(map, ids) {
    var state = map.geotrack, before = state.grouped || [];
    state.grouped = ids;
    before.concat(ids).forEach(function (id) { paint(map, id); });
  }

  function mark(map, ids) {
    var state = map.geotrack, before = state.marked;
    state.marked = ids || [];
    before.concat(state.marked).forEach(function (id) { paint(map, id); });
  }

  function start(map, options) {
    map.geotrack = { clicks: 0, marked: [], loaded: {}, onSelect: options.onSelect };
    map.attributionControl.setPrefix(false);
    map.geotrack.bounds = options.bounds;
    whenSeen(map, function () { map.fitBounds(options.bounds, roomFor(map)); });
    map.getContainer().appendChild(hatching());
    map.getContainer().classList.add("gt-map");
    map.on("resize", function () { raiseScale(map); });
    guardWheel(map);
    var geometry = options.geometry;
    if (typeof geometry !== "string") { map.geotrack.geometry = geometry; return; }
    load(map, geometry).then(function (loaded) {
      map.geotrack.geometry = loaded;
      draw(map);
    });
  }

  /* What an address serves never changes: it is asked for once. */
  function load(map, address) {
    var loaded = map.geotrack.loaded;
    if (!loaded[address]) {
      loaded[address] = fetch(address).then(function (answer) {
        if (!answer.ok) throw new Error(address + ": " + answer.status);
        return answer.json();
      });
      loaded[address].catch(function () { delete loaded[address]; });
    }
    return loaded[address];
  }

  /* `view` is all that is drawn, or the address of all but the incidents, which `marks` then serves. A page
     that waits for the map is told when it is painted. */
  function show(map, view, selected, marks, tells) {
    var state = map.geotrack;
    if (typeof view !== "string") { state.wanted = selected || state.selected; put(map, view, view); return; }
    state.wanted = selected;
    state.tells = tells;
    var asked = state.asked = view + " " + marks;
    if (asked === state.shown) { select(map, selected); return; }
    var incidents = load(map, marks);
    load(map, view).then(function (paint) {
      if (state.asked === asked) put(map, paint, state.marks);
      return incidents;
    }).then(function (loaded) {
      if (state.asked !== asked) return;
      state.shown = asked;
      state.marks = loaded;
      drawBadges(map);
    });
  }

  /* On paper: Leaflet draws for a size in pixels, so the map takes that of a page, with its legend open. */
  function paper(map) {
    var box = map.getContainer(), before = null;
    window.addEventListener("beforeprint", function () {
      if (before) return;
      var legend = box.querySelector(".gt-legend");
      before = { middle: map.getCenter(), zoom: map.getZoom(), open: legend && legend.open };
      var shown = map.getBounds();
      box.classList.add("gt-on-paper");
      if (legend) legend.open = true;
      map.invalidateSize({ animate: false, pan: false });
      map.fitBounds(shown, { animate: false });
    });
    window.addEventListener("afterprint", function () {
      var legend = box.querySelector(".gt-legend");
      if (!before) return;
      box.classList.remove("gt-on-paper");
      if (legend) legend.open = before.open;
      map.invalidateSize({ animate: false, pan: false });
      map.setView(before.middle, before.zoom, { animate: false });
      before = null;
    });
  }

  function put(map, view, marks) {
    map.geotrack.view = view;
    map.geotrack.marks = marks;
    draw(map);
  }

  window.geotrackMap = { start: start, whenSeen: whenSeen, show: show, select: select, choose: choose, mark: mark, paper: paper, element: element };
})();
