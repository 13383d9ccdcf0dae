/* The time of a saved map: all of it, or some steps of a track, by slider, by buttons, or as a film. */
(function () {
  "use strict";

  var PACE_MS = 1600;
  var TICK_SHARE = 0.1; // of the rail: as much as a year's name needs on a phone
  var element = window.geotrackMap.element;

  /* Calls `changed` with the name of the window chosen; `choose` takes such a name. */
  function open(box, tracks, words, changed) {
    var state = { track: -1, first: 0, last: 0, film: null };
    var slider = element("div", { "class": "gt-slider" });

    function track() { return tracks[state.track]; }

    function days() {
      return track() ? track().starts[state.first] + ".." + track().ends[state.last] : "all";
    }

    function label() {
      var labels = track().labels;
      return state.first === state.last ? labels[state.first] : labels[state.first] + " – " + labels[state.last];
    }

    function tab(at, text) {
      var button = element("button", { type: "button", "class": "gt-tab", text: text, "aria-pressed": String(at === state.track), click: function () {
        stop();
        var last = tracks[at] ? tracks[at].labels.length - 1 : 0;
        settle(at, last, last);
        changed(days());
      } });
      button.setAttribute("data-track", at < 0 ? "all" : tracks[at].by);
      return button;
    }

    function stop() {
      if (state.film === null) return;
      clearInterval(state.film);
      state.film = null;
      draw();
    }

    function move(by, round) {
      var length = state.last - state.first, most = track().labels.length - 1 - length;
      var first = state.first + by;
      if (round && first > most) first = 0;
      first = Math.min(Math.max(first, 0), most);
      if (first === state.first) return;
      state.first = first;
      state.last = first + length;
      refresh();
      changed(days());
    }

    function play() {
      if (state.film !== null) { stop(); return; }
      state.film = setInterval(function () { move(1, true); }, PACE_MS);
      draw();
      move(1, true);
    }

    function range(name, title) {
      var input = element("input", { type: "range", min: 0, max: track().labels.length - 1, step: 1, "aria-label": title, "data-end": name });
      input.addEventListener("input", function () {
        stop();
        var value = Number(input.value);
        state[name] = value;
        if (!track().spans) state.first = state.last = value;
        else if (name === "first" && state.last < value) state.last = value;
        else if (name === "last" && state.first > value) state.first = value;
        refresh();
        changed(days());
      });
      return input;
    }

    function step(by, sign, title) {
      return element("button", { type: "button", "class": "gt-step", text: sign, "aria-label": title, title: title, click: function () { stop(); move(by, false); } });
    }

    /* Show where the handles stand, without making them anew: the one that is held keeps the focus. */
    function refresh() {
      var most = Math.max(track().labels.length - 1, 1);
      slider.querySelectorAll("input").forEach(function (input) {
        var at = state[input.getAttribute("data-end")];
        input.value = at;
        input.setAttribute("aria-valuetext", track().labels[at]);
      });
      slider.querySelector("output").textContent = label();
      var rail = slider.querySelector(".gt-rail");
      rail.style.setProperty("--from", state.first / most);
      rail.style.setProperty("--to", state.last / most);
    }

    /* Years under the rail; from the right, so that a year cut short gives way to its neighbour. */
    function ticks() {
      var row = element("div", { "class": "gt-ticks", "aria-hidden": "true" }), most = Math.max(track().labels.length - 1, 1), free = 1 + TICK_SHARE;
      for (var at = track().starts.length - 1; at >= 0; at -= 1) {
        var year = track().starts[at].slice(0, 4), begins = !at || track().starts[at - 1].slice(0, 4) !== year;
        if (!begins || free - at / most < TICK_SHARE) continue;
        free = at / most;
        row.appendChild(element("span", { text: year, style: "left:" + 100 * free + "%" }));
      }
      return row;
    }

    function draw() {
      var playing = state.film !== null;
      var tabs = element("div", { "class": "gt-tabs" }, tab(-1, words.whole));
      tracks.forEach(function (one, at) { tabs.appendChild(tab(at, words[one.by])); });
      box.querySelectorAll(".gt-tabs, .gt-slider").forEach(function (node) { node.remove(); });
      box.appendChild(tabs);
      if (!track()) return;
      slider = element("div", { "class": "gt-slider" },
        element("div", { "class": "gt-buttons" },
          step(-1, "‹", words.previous),
          element("button", { type: "button", "class": "gt-step gt-play", text: playing ? "❚❚" : "►", "aria-label": playing ? words.pause : words.play, title: playing ? words.pause : words.play, click: play }),
          step(1, "›", words.next)),
        element("div", { "class": "gt-track" },
          element("div", { "class": "gt-rail" }),
          track().spans ? range("first", words.first) : null,
          range("last", track().spans ? words.last : words.step),
          ticks()),
        element("output", { "aria-live": playing ? "off" : "polite" }));
      box.appendChild(slider);
      refresh();
    }

    function settle(at, first, last) {
      state.track = at;
      state.first = first;
      state.last = last;
      draw();
    }

    /* Returns whether there is such a window. */
    function choose(name) {
      stop();
      var ends = name.split("..");
      for (var at = 0; at < tracks.length; at += 1) {
        var first = tracks[at].starts.indexOf(ends[0]), last = tracks[at].ends.indexOf(ends[1]);
        if (first >= 0 && last >= first && (tracks[at].spans || first === last)) { settle(at, first, last); return true; }
      }
      settle(-1, 0, 0);
      return name === "all";
    }

    choose("all");
    return { choose: choose, days: days };
  }

  window.geotrackTime = { open: open };
})();
