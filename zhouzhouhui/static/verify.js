/* Checks the chains of the ledger in the reader's own browser. SHA-256 is worked out here, because a browser
   only lends its own on an encrypted address. Without script the page still gives the lines to take away. */
(function () {
  "use strict";
  var K = [], START = [], n = 2, found = 0;
  function fraction(x) { return ((x - Math.floor(x)) * 4294967296) | 0; }
  for (; found < 64; n++) {
    var prime = true;
    for (var d = 2; d * d <= n; d++) if (n % d === 0) { prime = false; break; }
    if (!prime) continue;
    if (found < 8) START.push(fraction(Math.sqrt(n)));
    K.push(fraction(Math.cbrt(n)));
    found++;
  }
  function turn(x, by) { return (x >>> by) | (x << (32 - by)); }

  function sha256(text) {
    var bytes = new TextEncoder().encode(text), length = bytes.length;
    var blocks = ((length + 9 + 63) >> 6) << 6, padded = new Uint8Array(blocks);
    padded.set(bytes); padded[length] = 128;
    var view = new DataView(padded.buffer), h = START.slice(), w = new Int32Array(64);
    view.setUint32(blocks - 8, Math.floor(length / 536870912)); view.setUint32(blocks - 4, length << 3);
    for (var at = 0; at < blocks; at += 64) {
      var i, s = h.slice();
      for (i = 0; i < 64; i++) {
        if (i < 16) { w[i] = view.getInt32(at + 4 * i); continue; }
        var a = w[i - 15], b = w[i - 2];
        w[i] = (w[i - 16] + w[i - 7] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))) | 0;
      }
      for (i = 0; i < 64; i++) {
        var one = (s[7] + (turn(s[4], 6) ^ turn(s[4], 11) ^ turn(s[4], 25)) + ((s[4] & s[5]) ^ (~s[4] & s[6])) + K[i] + w[i]) | 0;
        var two = ((turn(s[0], 2) ^ turn(s[0], 13) ^ turn(s[0], 22)) + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]))) | 0;
        s = [(one + two) | 0, s[0], s[1], s[2], (s[3] + one) | 0, s[4], s[5], s[6]];
      }
      for (i = 0; i < 8; i++) h[i] = (h[i] + s[i]) | 0;
    }
    return h.map(function (x) { return (x >>> 0).toString(16).padStart(8, "0"); }).join("");
  }

  /* The first line that does not fit, 0 when all do, -1 when the chain uses another algorithm. */
  function wrongLine(lines, state) {
    for (var i = 0; i < lines.length; i++) {
      var line = JSON.parse(lines[i]), body = JSON.parse(line.body);
      if (body.alg) return -1;
      state.seq++;
      if (line.seq !== state.seq || body.seq !== state.seq || body.prev !== state.hash || sha256(line.body) !== line.hash) return state.seq;
      state.hash = line.hash;
    }
    return 0;
  }

  async function check(row, say, words) {
    var state = { seq: 0, hash: "0".repeat(64) }, url = "/ledger/" + row.dataset.chain + ".jsonl";
    var last = Number(row.dataset.seq);
    while (state.seq < last) {
      var answer = await fetch(url + "?after=" + state.seq);
      if (!answer.ok) throw new Error(answer.status);
      var lines = (await answer.text()).split("\n").filter(Boolean);
      if (!lines.length) return say(words.bad + (state.seq + 1));
      var wrong = wrongLine(lines, state);
      if (wrong) return say(wrong < 0 ? words.other : words.bad + wrong);
      say(words.working + " " + state.seq + " / " + last);
    }
    var whole = state.seq > last || state.hash === row.dataset.hash;
    say(whole ? words.good : words.bad + last);
  }

  var table = document.getElementById("chains");
  if (!table || !window.TextEncoder) return;
  table.querySelectorAll("tr[data-chain]").forEach(function (row) {
    var place = row.querySelector(".check-here"), button = document.createElement("button");
    button.type = "button"; button.className = "link"; button.textContent = table.dataset.check;
    place.before(button);
    button.addEventListener("click", function () {
      var say = function (text) { place.textContent = text; };
      say(table.dataset.working);
      check(row, say, table.dataset).catch(function () { say(table.dataset.failed); });
    });
  });
})();
