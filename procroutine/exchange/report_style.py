"""The looks of a report in HTML: one style sheet for screens, light and dark, and for one printed page."""

from __future__ import annotations

STYLE = """
:root {
  color-scheme: light dark;
  --ground: #f6f5f2; --sheet: #ffffff; --ink: #1d1f24; --soft: #5d626d; --faint: #8f949e; --line: #e7e5df;
  --good: #25804a; --bad: #c0392f; --warn: #a8680a; --goal: #b8870b; --focus: #2a63c4; --bar: #c9d8f2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14161a; --sheet: #1b1e24; --ink: #e8e6e1; --soft: #a5abb6; --faint: #737985; --line: #2b2f37;
    --good: #63c98b; --bad: #f07f73; --warn: #e0a948; --goal: #e3bd4f; --focus: #7fb0ff; --bar: #2c4063;
  }
}
* { box-sizing: border-box; }
html { background: var(--ground); font-size: 15px; }
body {
  margin: 2.2rem auto; max-width: 62rem; padding: 2.4rem 2.8rem; background: var(--sheet); color: var(--ink);
  font: 1rem/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
  border-radius: 10px; overflow-wrap: anywhere;
}
header { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 1rem 2.5rem; align-items: flex-end; }
h1 { font-size: 2.5rem; line-height: 1; letter-spacing: -.02em; margin: 0 0 .4rem; font-weight: 650; }
header p { margin: 0; color: var(--soft); }
dl.figures { display: flex; flex-wrap: wrap; gap: .6rem 2.2rem; margin: 0; white-space: nowrap; }
dl.figures div { display: flex; flex-direction: column-reverse; }
dl.figures dt { color: var(--soft); font-size: .8rem; }
dl.figures dd { margin: 0; font-size: 1.6rem; font-weight: 600; line-height: 1.15; }
dl.figures small { font-size: 1rem; font-weight: 400; color: var(--soft); }
ul.said { margin: 1rem 0 0; padding: 0; list-style: none; color: var(--soft); }
h2 { font-size: .95rem; font-weight: 650; margin: 1.9rem 0 .5rem; }
h2 span { font-weight: 400; color: var(--soft); }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; font-weight: 400; color: var(--faint); font-size: .78rem; padding: 0 .6rem .25rem 0; }
td { padding: .42rem .6rem .42rem 0; border-top: 1px solid var(--line); vertical-align: top; }
th.n, td.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
th:last-child, td:last-child { padding-right: 0; }
td.sign { width: 1.3rem; text-align: center; color: var(--faint); }
td.sign.bad { color: var(--bad); font-weight: 600; }
td.name b { font-weight: 600; }
td.name div { color: var(--soft); font-size: .86rem; }
.quiet { color: var(--soft); }
td.chart { width: 11.5rem; padding-top: .25rem; padding-bottom: .1rem; }
.good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); } .goal { color: var(--goal); }
svg { display: block; width: 100%; height: auto; }
svg .goal { stroke: var(--goal); stroke-width: 1; stroke-dasharray: 3 2; }
svg .way { fill: none; stroke: var(--faint); stroke-width: 1; }
svg .met { fill: var(--ink); } svg .over { fill: var(--sheet); stroke: var(--ink); stroke-width: 1.1; }
svg .now.met { fill: var(--focus); } svg .now.over { stroke: var(--focus); }
svg .missed { stroke: var(--bad); stroke-width: 1.1; } svg .off { stroke: var(--faint); stroke-width: 1.1; }
.halves { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2.6rem; }
td.bar { position: relative; z-index: 0; padding-left: .45rem; }
td.bar i { position: absolute; z-index: -1; left: 0; top: .18rem; bottom: .18rem; background: var(--bar);
  border-radius: 3px; }
ul.lines { margin: 0; padding: 0; list-style: none; }
ul.lines li { padding: .3rem 0; border-top: 1px solid var(--line); }
ol.days { display: grid; grid-template-columns: repeat(7, 1fr); gap: .5rem; margin: 0; padding: 0; list-style: none; }
ol.days > li { border-top: 2px solid var(--line); padding-top: .3rem; min-width: 0; }
ol.days h3 { margin: 0 0 .2rem; font-size: .8rem; font-weight: 600; color: var(--soft); }
ol.days div { font-size: .8rem; line-height: 1.25; margin-bottom: .4rem; }
ol.days div span { color: var(--soft); font-variant-numeric: tabular-nums; }
footer { margin-top: 1.8rem; color: var(--faint); font-size: .76rem; }
.map { overflow-x: auto; }
.map table { width: auto; min-width: 100%; font-size: .78rem; }
.map th, .map td { padding: 0; border: 0; }
.map th.name { padding: .1rem .7rem .1rem 0; color: var(--ink); font-size: .82rem; max-width: 13rem;
  white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.map td { text-align: center; line-height: 1.25; min-width: .78rem; border: 1px solid var(--sheet); }
.map td.met { background: color-mix(in srgb, var(--good) 32%, var(--sheet)); }
.map td.over { background: color-mix(in srgb, var(--warn) 26%, var(--sheet)); }
.map td.done { background: color-mix(in srgb, var(--focus) 22%, var(--sheet)); }
.map td.missed { background: color-mix(in srgb, var(--bad) 34%, var(--sheet)); }
.map td.off, .map td.nothing { color: var(--faint); }
.map .key { color: var(--soft); font-size: .8rem; margin: .5rem 0 0; }
@media (max-width: 46rem) {
  body { margin: 0; padding: 1.2rem; border-radius: 0; }
  .halves { grid-template-columns: 1fr; }
  ol.days { grid-template-columns: 1fr 1fr; }
  td.chart, th.chart, td.usual, th.usual { display: none; }
  dl.figures { gap: .6rem 1.4rem; }
}
@media print {
  @page { size: A4; margin: 11mm; }
  :root { --ground: #fff; --sheet: #fff; --ink: #000; --soft: #444; --faint: #777; --line: #ddd;
    --good: #1d6b3c; --bad: #a92d24; --warn: #8a5607; --goal: #a87a06; --focus: #2a63c4; --bar: #dbe5f6; }
  html { font-size: 8.2pt; }
  body { margin: 0; padding: 0; max-width: none; line-height: 1.28; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  ul.said { margin-top: 2mm; }
  h2 { margin: 3.2mm 0 1mm; } td { padding-top: .9mm; padding-bottom: .9mm; }
  td.chart { width: 34mm; padding-top: .4mm; padding-bottom: 0; } ul.lines li { padding: .6mm 0; }
  tr, li, ol.days > li { break-inside: avoid; } footer { margin-top: 3mm; }
}
"""
