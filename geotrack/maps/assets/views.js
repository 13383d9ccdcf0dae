/* One view of a saved map: what a measure and a window show, joined with the incidents of those days. */
(function () {
  "use strict";

  function pageOf(atlas, measure, level, days) {
    var ofLevel = (atlas.views[measure] || {})[level] || {};
    return ofLevel[days] || (atlas.blanks[measure] || {})[level];
  }

  function incidents(atlas, level, days) {
    var shown = {}, pinned = {}, ofUnit = {}, counts = {}, unplaced = [];
    (atlas.events[days] || []).forEach(function (id) { shown[id] = true; });
    var points = level.points.filter(function (point) { return shown[point.id]; });
    points.forEach(function (point) { pinned[point.id] = true; });
    Object.keys(shown).forEach(function (id) {
      var unit = level.unitOf[id];
      if (!unit) { unplaced.push(id); return; }
      (ofUnit[unit] = ofUnit[unit] || []).push(id);
      if (!pinned[id]) counts[unit] = (counts[unit] || 0) + 1;
    });
    var badges = Object.keys(counts).filter(function (unit) { return level.badges[unit]; }).map(function (unit) {
      return { id: unit, count: counts[unit], lon: level.badges[unit][0], lat: level.badges[unit][1] };
    });
    return { shown: shown, points: points, badges: badges, ofUnit: ofUnit, unplaced: unplaced };
  }

  function country(atlas, measure, days) {
    var page = pageOf(atlas, measure, "country", days);
    if (!page || !page.story.units[atlas.adm0]) return null;
    return { name: page.view.units[atlas.adm0].name, text: page.view.units[atlas.adm0].text, story: page.story.units[atlas.adm0] };
  }

  /* Returns `view`, what the map draws, and `story`, what the panel tells. */
  function compose(atlas, quotes, chosen) {
    var level = atlas.levels.filter(function (one) { return one.id === chosen.level; })[0];
    var page = pageOf(atlas, chosen.measure, chosen.level, chosen.days);
    var told = incidents(atlas, level, chosen.days), present = {};
    told.points.forEach(function (point) { present[point.colour] = true; });
    var legend = Object.assign({}, page.view.legend, {
      devices: atlas.devices.filter(function (device) { return present[device.colour]; }),
      fatal: told.points.some(function (point) { return point.fatal; }),
      badge: told.badges.length > 0
    });
    return {
      level: level,
      view: Object.assign({}, page.view, { legend: legend, points: told.points, badges: told.badges }),
      story: Object.assign({}, page.story, {
        subtitle: level.subtitles[chosen.days],
        country: country(atlas, chosen.measure, chosen.days),
        eventsOf: told.ofUnit,
        shown: told.shown,
        unitOf: level.unitOf,
        unplaced: told.unplaced,
        events: quotes.events,
        quotes: quotes.figures,
        notes: page.story.notes.concat(atlas.notes),
        sources: atlas.sources
      })
    };
  }

  window.geotrackViews = { compose: compose, pageOf: pageOf };
})();
