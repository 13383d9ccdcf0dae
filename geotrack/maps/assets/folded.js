/* The data of a saved map: compressed, and each part written once (geotrack/maps/folding.py). */
(function () {
  "use strict";

  function unfold(folded) {
    var made = [];
    folded.rows.forEach(function (row) {
      if (!Array.isArray(row)) { made.push(row); return; }
      var parts = row.slice(1).map(function (at) { return made[at]; });
      if (!row[0]) { made.push(parts); return; }
      var object = {};
      folded.keys[row[0] - 1].forEach(function (key, place) { object[key] = parts[place]; });
      made.push(object);
    });
    return made[made.length - 1];
  }

  /* Returns a promise of what an element of the page holds. */
  function read(id) {
    var text = atob(document.getElementById(id).textContent), bytes = new Uint8Array(text.length);
    for (var at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
    var stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).text().then(function (written) { return unfold(JSON.parse(written)); });
  }

  window.geotrackFolded = { read: read, supported: typeof DecompressionStream === "function" };
})();
