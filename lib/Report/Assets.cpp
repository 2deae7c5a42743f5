//===-- Assets.cpp - style and script of a page ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "lib/Report/Assets.h"

namespace tenon::report {

const llvm::StringLiteral kStyle = R"css(
:root {
  color-scheme: light dark;
  --page: #fff; --ink: #1c2127; --muted: #5b6672; --line: #d5dbe1;
  --panel: #f5f7f9; --tensor: #a9cbf2; --held: #2b6cb8; --workspace: #d3d9df;
  --again: #f1b562; --again-held: #b4620a; --strip: #f1b56255;
  --budget: #c0262d; --without: #6d4aa8; --arena: #1c2127; --focus: #2b6cb8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161b; --ink: #e4e9ee; --muted: #9ba7b3; --line: #313a44;
    --panel: #1a2027; --tensor: #2f5480; --held: #74b3f7; --workspace: #3c4651;
    --again: #8a5c1c; --again-held: #f3b45c; --strip: #f3b45c33;
    --budget: #ff7b7b; --without: #c4a5ff; --arena: #e4e9ee; --focus: #74b3f7;
  }
}
@media print {
  :root {
    --page: #fff; --ink: #000; --muted: #444; --line: #ccc; --panel: #fff;
    --tensor: #a9cbf2; --held: #2b6cb8; --workspace: #d3d9df;
    --again: #f1b562; --again-held: #b4620a; --strip: #f1b56255;
    --budget: #c0262d; --without: #6d4aa8; --arena: #000;
  }
  .readout, nav { display: none; }
  figure, tr, .tiles { break-inside: avoid; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.5rem clamp(1rem, 3vw, 2.5rem) 4rem;
  max-width: 82rem; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif;
}
h1 { margin: 0; font-size: 1.6rem; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 2.5rem 0 .5rem; font-size: 1.3rem; border-top: 1px solid var(--line); padding-top: 1.2rem; }
h3 { margin: 0; font-size: 1.05rem; }
p { margin: .4rem 0; max-width: 60rem; }
a { color: var(--focus); }
nav a { margin-right: 1rem; }
.muted, .exact { color: var(--muted); }
.name { unicode-bidi: isolate; overflow-wrap: anywhere; }
.tiles {
  display: grid; grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr));
  gap: .75rem; margin: 1rem 0 0; padding: 0;
}
.tiles div {
  background: var(--panel); border: 1px solid var(--line);
  border-radius: 8px; padding: .6rem .8rem;
}
.tiles dt { color: var(--muted); font-size: .85rem; }
.tiles dd { margin: 0; }
.tiles .value { font-size: 1.35rem; font-weight: 600; line-height: 1.3; }
.tiles .exact { font-size: .85rem; font-variant-numeric: tabular-nums; }
figure { margin: 1.75rem 0 0; }
figcaption { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; }
.legend {
  display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; margin: 0; padding: 0;
  list-style: none; font-size: .85rem; color: var(--muted);
}
.key {
  display: inline-block; width: 1.1em; height: .75em; margin-right: .4em;
  border-radius: 2px; vertical-align: -.05em;
}
.key.tensors, .key.tensor { background: var(--tensor); }
.key.held { background: var(--held); }
.key.redone { background: linear-gradient(90deg, var(--again) 50%, var(--again-held) 50%); }
.key.workspace { background: var(--workspace); }
.key.again-key { background: var(--strip); border-bottom: 2px solid var(--again-held); }
.key[class$="-line"] { height: 0; border-top: 2px solid; border-radius: 0; vertical-align: .3em; }
.key.arena-line { border-color: var(--arena); border-top-width: 1px; }
.key.budget-line { border-color: var(--budget); border-top-style: dashed; }
.key.without-line { border-color: var(--without); }
.key.guard-key { width: 0; height: 1em; border-left: 2px dotted var(--muted); border-radius: 0; margin-left: .4em; }
.key.peak-key { width: 0; height: 0; border: .35em solid transparent; border-top-color: var(--ink); border-bottom: 0; border-radius: 0; vertical-align: .1em; }
.chart {
  display: grid; grid-template-columns: 4.8rem 1fr; margin-top: .9rem;
  font-size: .8rem; color: var(--muted); font-variant-numeric: tabular-nums;
}
.ylabels { position: relative; }
.ylabels span { position: absolute; right: .5rem; transform: translateY(-50%); white-space: nowrap; }
.plot { position: relative; height: clamp(11rem, 26vw, 19rem); cursor: crosshair; }
.plot:focus-visible { outline: 2px solid var(--focus); outline-offset: 3px; }
.plot svg { display: block; width: 100%; height: 100%; overflow: visible; }
.xlabels { grid-column: 2; position: relative; height: 1.4rem; margin-top: .2rem; }
.xlabels span { position: absolute; transform: translateX(-50%); }
.xtitle { grid-column: 2; text-align: center; }
svg path { fill: none; vector-effect: non-scaling-stroke; }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg path.tensors { fill: var(--tensor); }
svg path.workspace, svg rect.workspace { fill: var(--workspace); }
svg .arena-line { stroke: var(--arena); stroke-width: 1; }
svg .budget-line { stroke: var(--budget); stroke-width: 2; stroke-dasharray: 7 4; }
svg .without-line { stroke: var(--without); stroke-width: 2; }
svg .guard { stroke: var(--muted); stroke-width: 1.5; stroke-dasharray: 2 3; }
svg .again-strip { fill: var(--strip); }
svg.arena rect { vector-effect: non-scaling-stroke; }
svg.arena rect[data-t] { fill: var(--tensor); stroke: var(--page); stroke-width: .75; paint-order: stroke; }
svg.arena rect.held { fill: var(--held); }
svg.arena rect.redone { fill: var(--again); }
svg.arena rect.redone.held { fill: var(--again-held); }
svg.arena rect.on, svg.arena rect[data-t]:hover { stroke: var(--ink); stroke-width: 2; }
.peak-mark {
  position: absolute; top: -.55em; width: 0; height: 0; margin-left: -.4em;
  border: .4em solid transparent; border-top-color: var(--ink); border-bottom: 0;
}
.cursor { position: absolute; top: 0; bottom: 0; width: 0; border-left: 1px solid var(--ink); pointer-events: none; }
.readout.active { position: sticky; bottom: 0; }
.readout {
  min-height: 2.9em; margin: .75rem 0 0; padding: .5rem .8rem;
  background: var(--panel); border: 1px solid var(--line); border-radius: 8px;
  font-size: .9rem; overflow-wrap: anywhere; max-width: none; max-height: 6.4em; overflow-y: auto;
}
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: .6rem 0 0; font-size: .88rem; }
th { text-align: left; font-weight: 600; color: var(--muted); white-space: nowrap; }
th, td { padding: .28rem .9rem .28rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.plain { white-space: nowrap; }
td.names { min-width: 14rem; overflow-wrap: anywhere; }
td.kernel { overflow-wrap: anywhere; min-width: 8rem; }
tr.on td { background: var(--panel); }
.mark { color: var(--again-held); font-weight: 600; white-space: nowrap; }
td.n { position: relative; }
.bar { position: absolute; left: 0; bottom: 0; height: 3px; background: var(--held); }
.block { margin-top: 2rem; }
details { margin-top: 1.5rem; }
summary { cursor: pointer; font-weight: 600; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.2rem; margin: .6rem 0 0; font-size: .9rem; }
.facts dt { color: var(--muted); }
.facts dd { margin: 0; font-variant-numeric: tabular-nums; }
@media (max-width: 40rem) {
  .facts { grid-template-columns: 1fr; }
  .facts dd { margin-bottom: .4rem; }
  .chart { grid-template-columns: 4.2rem 1fr; }
  .xlabels span:nth-child(even) { display: none; }
}
)css";

const llvm::StringLiteral kScript = R"js(
'use strict';
(() => {
  const root = document.documentElement;
  addEventListener('error', e => root.dataset.error = e.message);
  for (const section of document.querySelectorAll('section[data-launches]')) {
    const count = Number(section.dataset.launches);
    const readout = section.querySelector('.readout');
    const rows = section.querySelectorAll('table.launches tbody tr');
    if (!readout)
      continue;
    const plots = section.querySelectorAll('.plot');
    let at = -1;
    const say = text => {
      readout.textContent = text;
      readout.classList.add('active');
    };
    const cells = row => name => {
      const cell = row.querySelector('[data-c="' + name + '"]');
      return cell ? cell.textContent : '';
    };
    const showLaunch = i => {
      at = Math.max(0, Math.min(count - 1, i));
      for (const plot of plots) {
        const cursor = plot.querySelector('.cursor');
        cursor.style.left = 100 * (at + 0.5) / count + '%';
        cursor.hidden = false;
      }
      const get = cells(rows[at]);
      const without = get('without');
      say('Launch ' + at + ' of ' + count + (get('again') ? ', runs again' : '') +
          ': ' + get('kernel') + '. Alive: ' + get('alive') +
          (without ? ', without the budget ' + without : '') +
          '. Nodes: ' + get('nodes'));
    };
    const showTensor = (id, on) => {
      for (const part of section.querySelectorAll('[data-t="' + id + '"]'))
        part.classList.toggle('on', on);
      const box = section.querySelector('rect[data-t="' + id + '"] title');
      if (on && box)
        say(box.textContent);
    };
    for (const plot of plots) {
      plot.addEventListener('pointermove', e => {
        const area = plot.getBoundingClientRect();
        showLaunch(Math.floor((e.clientX - area.left) / area.width * count));
        const box = e.target.closest('rect[data-t]');
        if (box)
          say(readout.textContent + ' | Tensor: ' +
              box.querySelector('title').textContent);
      });
      plot.addEventListener('keydown', e => {
        const step = { ArrowLeft: -1, ArrowRight: 1 }[e.key];
        if (!step)
          return;
        e.preventDefault();
        showLaunch(at < 0 ? Number(section.dataset.peak) : at + step);
      });
    }
    for (const row of section.querySelectorAll('tr[data-t]')) {
      row.addEventListener('pointerenter', () => showTensor(row.dataset.t, true));
      row.addEventListener('pointerleave', () => showTensor(row.dataset.t, false));
    }
    const fromAddress = () => {
      const id = location.hash.slice(1);
      const row = id && document.getElementById(id);
      if (row && section.contains(row) && row.dataset.launch)
        showLaunch(Number(row.dataset.launch));
    };
    addEventListener('hashchange', fromAddress);
    fromAddress();
  }
  root.dataset.script = 'ran';
})();
)js";

} // namespace tenon::report
