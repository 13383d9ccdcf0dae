/* A saved map: unpacks its views, lets the reader choose one, and keeps the choice in the address. */
(function () {
  "use strict";

  var element = window.geotrackMap.element;
  var MAP = { zoomSnap: 0.25, minZoom: 3, maxZoom: 14, center: [0, 0], zoom: 6 };
  var PUBLISHERS_PRINTED = 12;

  function byId(id) { return document.getElementById(id); }

  function refuse() {
    byId("gt-wait").hidden = true;
    byId("gt-too-old").hidden = false;
  }

  function start(atlas, quotes) {
    var opening = { measure: atlas.opening.measure, level: atlas.opening.level, days: "all", selected: "" };
    var chosen = Object.assign({}, opening), drawnLevel = null, words = atlas.words;
    var map = L.map("gt-map", MAP), frame = null;
    L.control.scale().addTo(map);
    window.geotrackMap.start(map, { geometry: atlas.levels[0].geometry, bounds: atlas.levels[0].bounds });
    var panel = window.geotrackPanel.open(map, byId("gt-panel"), words, function (id) { chosen.selected = id; hold(); });
    var time = window.geotrackTime.open(byId("gt-time"), atlas.tracks, words, function (days) { chosen.days = days; show(); });

    /* Leaves the outlines of another level; the map draws those of its geometry anew. */
    function stand(level) {
      if (drawnLevel === level.id) return;
      var state = map.geotrack;
      if (state.outlines) map.removeLayer(state.outlines);
      state.outlines = null;
      state.layers = {};
      state.marked = [];
      state.selected = null;
      state.geometry = level.geometry;
      if (drawnLevel === null || !frame) fit(level);
      drawnLevel = level.id;
    }

    function fit(level) {
      frame = level.bounds;
      map.fitBounds(frame, { animate: false, padding: [12, 12] });
    }

    function show() {
      var made = window.geotrackViews.compose(atlas, quotes, chosen);
      stand(made.level);
      var known = made.story.units[chosen.selected] || made.story.shown[chosen.selected] ||
        window.geotrackPanel.groupOf(made.view, chosen.selected);
      if (!known) chosen.selected = "";
      window.geotrackMap.select(map, chosen.selected);
      window.geotrackMap.show(map, made.view);
      byId("gt-title").textContent = document.title = made.story.title;
      byId("gt-subtitle").textContent = made.story.subtitle;
      byId("gt-measure").value = chosen.measure;
      document.querySelectorAll("#gt-level button").forEach(function (button) {
        button.setAttribute("aria-pressed", String(button.value === chosen.level));
      });
      panel.tell(made.view, made.story, chosen.selected);
      foot(made.story);
      hold();
    }

    function hold() {
      var told = ["measure", "level", "days", "selected"].filter(function (name) { return chosen[name] !== opening[name]; });
      var text = told.map(function (name) { return name + "=" + encodeURIComponent(chosen[name]); }).join("&");
      // A page opened from disk may not rewrite its history everywhere; a link then just lacks the place.
      try { history.replaceState(null, "", text ? "#" + text : location.pathname + location.search); } catch (error) { return; }
    }

    /* Takes the view from the address; what the file does not hold is left as it opens. */
    function ask() {
      var text = location.hash.slice(1), asked = {};
      if (text && text.indexOf("=") < 0) asked.selected = decodeURIComponent(text);
      else text.split("&").forEach(function (part) {
        var at = part.indexOf("=");
        if (at > 0) asked[part.slice(0, at)] = decodeURIComponent(part.slice(at + 1));
      });
      if (atlas.measures.some(function (one) { return one.id === asked.measure; })) chosen.measure = asked.measure;
      if (atlas.levels.some(function (one) { return one.id === asked.level; })) chosen.level = asked.level;
      if (asked.days && time.choose(asked.days)) chosen.days = asked.days;
      chosen.selected = asked.selected || "";
    }

    function foot(story) {
      var names = story.sources.publishers.map(function (one) { return one.name + " (" + one.count + ", " + one.days + ")"; });
      var rest = names.length - PUBLISHERS_PRINTED;
      byId("gt-foot").replaceChildren(
        element("p", { text: words.sourcesTitle + ": " + names.slice(0, PUBLISHERS_PRINTED).join("; ") + (rest > 0 ? " + " + rest : "") + "." }),
        element("p", { text: story.notes.join(" ") }));
    }

    function fillControls() {
      var select = byId("gt-measure"), levels = byId("gt-level"), tabs = element("div", { "class": "gt-tabs" });
      atlas.measures.forEach(function (one) { select.appendChild(element("option", { value: one.id, text: one.name })); });
      select.addEventListener("change", function () { chosen.measure = select.value; show(); });
      atlas.levels.forEach(function (one) {
        tabs.appendChild(element("button", { type: "button", "class": "gt-tab", value: one.id, text: one.name, click: function () { chosen.level = one.id; show(); } }));
      });
      levels.appendChild(tabs);
      levels.hidden = atlas.levels.length < 2;
      byId("gt-time").hidden = !atlas.tracks.length;
      var form = byId("gt-controls");
      form.addEventListener("submit", function (event) { event.preventDefault(); });
      form.hidden = atlas.measures.length < 2 && levels.hidden && byId("gt-time").hidden;
    }

    function print(on) {
      document.body.classList.toggle("gt-printing", on);
      map.invalidateSize({ animate: false, pan: false });
      map.fitBounds(frame, { animate: false, padding: [12, 12] });
      document.querySelectorAll(".gt-legend").forEach(function (box) { if (on) box.open = true; });
    }

    fillControls();
    map.invalidateSize({ animate: false });
    ask();
    show();
    window.addEventListener("hashchange", function () { Object.assign(chosen, opening); time.choose("all"); ask(); show(); });
    window.addEventListener("beforeprint", function () { print(true); });
    window.addEventListener("afterprint", function () { print(false); });
  }

  if (!window.geotrackFolded.supported) { refuse(); return; }
  Promise.all([window.geotrackFolded.read("gt-views"), window.geotrackFolded.read("gt-quotes")])
    .then(function (parts) { start(parts[0], parts[1]); });
})();
