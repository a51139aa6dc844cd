// The map of a sweep as a grid that pointer and keyboard move through, under the name `sweepMap`.
'use strict';
const sweepMap = (() => {
  const { add, space } = exporting;
  const swatch = 15;

  /** Every how many labels one fits, if each needs so many pixels. */
  const stride = (labels, size, needed) => Math.max(1, Math.ceil(needed / size), Math.ceil(labels.length / 24));

  /**
   * Makes a map in a place of the page.
   * @param place The element.
   * @param on `show(cell)` is called when a cell is pointed at or has the focus, `open(cell)` when it is chosen.
   */
  const create = (place, on) => {
    let svg = null;
    let layout = null;
    let marks = [];
    let legend = null;
    let ring = null;
    let active = 0;
    let touched = -1;

    const draw = (next) => {
      layout = next;
      [active, touched] = [0, -1];
      const { columns, rows } = layout;
      const longest = Math.max(0, ...(rows ?? []).map((label) => label.length));
      const width = Math.max(260, Math.min(660, place.clientWidth));
      const left = rows ? 34 + Math.min(70, 7 * longest) : 2;
      const size = Math.min(76, (width - left - 10) / columns.length);
      const height = rows ? Math.min(size, 620 / rows.length) : Math.min(56, Math.max(size, 30));
      const top = width >= 400 ? 58 : 70;
      const bottom = top + height * (rows?.length ?? 1);
      layout.box = { width, left, size, height, top, bottom };
      svg = document.createElementNS(space, 'svg');
      svg.setAttribute('viewBox', `0 0 ${width} ${Math.ceil(bottom + 50)}`);
      svg.setAttribute('class', 'sweep-svg');
      legend = add(svg, 'g', { 'aria-hidden': 'true' });
      axes();
      cells();
      place.replaceChildren(svg);
    };

    const axes = () => {
      const { columns, rows, box } = layout;
      const group = add(svg, 'g', { class: 'axis', 'aria-hidden': 'true' });
      const every = stride(columns, box.size, 10 + 7 * Math.max(...columns.map((label) => label.length)));
      columns.forEach((label, i) => { if (i % every === 0) add(group, 'text', { x: box.left + (i + 0.5) * box.size, y: box.bottom + 17, 'text-anchor': 'middle' }, label); });
      add(group, 'text', { class: 'title', x: box.left + (box.size * columns.length) / 2, y: box.bottom + 40, 'text-anchor': 'middle' }, layout.across);
      if (!rows) return;
      const step = stride(rows, box.height, 15);
      rows.forEach((label, i) => { if (i % step === 0) add(group, 'text', { x: box.left - 7, y: box.bottom - (i + 0.5) * box.height + 4, 'text-anchor': 'end' }, label); });
      const middle = (box.top + box.bottom) / 2;
      add(group, 'text', { class: 'title', x: 13, y: middle, 'text-anchor': 'middle', transform: `rotate(-90 13 ${middle})` }, layout.up);
    };

    const cells = () => {
      const { box } = layout;
      const grid = add(svg, 'g', { role: 'grid', 'aria-label': layout.name });
      const groups = new Map();
      // Rows are read from above, as they are seen.
      for (let row = (layout.rows?.length ?? 1) - 1; row >= 0; row--) groups.set(row, add(grid, 'g', { role: 'row' }));
      marks = layout.cells.map((cell, i) => {
        const [x, y] = [box.left + cell.column * box.size, box.bottom - (cell.row + 1) * box.height];
        const group = add(groups.get(cell.row), 'g', { role: 'gridcell', class: 'cell', tabindex: i === active ? 0 : -1, 'data-cell': i });
        const ground = add(group, 'rect', { x, y, width: box.size, height: box.height });
        const letter = add(group, 'text', { x: x + box.size / 2, y: y + box.height / 2, 'text-anchor': 'middle', 'font-size': Math.min(14, 0.55 * Math.min(box.size, box.height)) });
        letter.setAttribute('dy', '.36em');
        listen(group, i);
        return { group, ground, letter, stripe: add(group, 'g', {}), x, y };
      });
      ring = add(svg, 'rect', { class: 'ring', width: box.size, height: box.height, 'aria-hidden': 'true' });
    };

    const listen = (group, i) => {
      group.addEventListener('pointerenter', (event) => { if (event.pointerType === 'mouse') show(i); });
      group.addEventListener('focus', () => show(i));
      group.addEventListener('click', (event) => {
        // A finger cannot point without touching: the first touch shows, the second opens.
        if (event.pointerType === 'mouse' || touched === i) return on.open(layout.cells[i]);
        touched = i;
        return show(i);
      });
      group.addEventListener('keydown', (event) => {
        if (event.key === 'Enter') on.open(layout.cells[i]);
        else if (!walk(event.key, i)) return;
        event.preventDefault();
      });
    };

    /** Moves the focus to the next cell in a direction; places without a run are passed over. */
    const walk = (key, i) => {
      const from = layout.cells[i];
      const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1], Home: [-Infinity, 0], End: [Infinity, 0] };
      if (!(key in ways)) return false;
      const [dx, dy] = ways[key];
      const along = (cell) => (dx !== 0 ? Math.sign(dx) * (cell.column - from.column) : Math.sign(dy) * (cell.row - from.row));
      const inLine = layout.cells.filter((cell) => (dx !== 0 ? cell.row === from.row : cell.column === from.column) && along(cell) > 0);
      inLine.sort((a, b) => (Number.isFinite(dx) ? along(a) - along(b) : along(b) - along(a)));
      if (inLine.length > 0) marks[layout.cells.indexOf(inLine[0])].group.focus();
      return true;
    };

    /** Makes a cell the one that is shown. */
    const show = (i) => {
      marks[active].group.setAttribute('tabindex', -1);
      active = i;
      marks[i].group.setAttribute('tabindex', 0);
      ring.setAttribute('x', marks[i].x);
      ring.setAttribute('y', marks[i].y);
      on.show(layout.cells[i]);
    };

    /** Colours the cells: of each {fill, letter, ink, label, shares: [[colour, share]]}. */
    const paint = (looks) => {
      const { box } = layout;
      const high = Math.max(3, box.height / 5);
      looks.forEach((look, i) => {
        const { group, ground, letter, stripe, x, y } = marks[i];
        group.setAttribute('aria-label', look.label);
        ground.setAttribute('fill', look.fill);
        letter.textContent = look.letter;
        letter.setAttribute('fill', look.ink);
        stripe.replaceChildren();
        let at = x + 1;
        for (const [colour, share] of look.shares) {
          const long = share * (box.size - 2);
          add(stripe, 'rect', { class: 'share', x: at, y: y + box.height - high - 1, width: long, height: high, fill: colour });
          at += long;
        }
      });
    };

    /** Explains colours: names as [{fill, letter, ink, text}]. */
    const explain = (entries) => {
      const { box } = layout;
      legend.replaceChildren();
      const perRow = box.width >= 400 ? 3 : 2;
      const across = (box.width - 4) / perRow;
      entries.forEach((entry, i) => {
        const [x, y] = [2 + (i % perRow) * across, 4 + Math.floor(i / perRow) * 19];
        add(legend, 'rect', { class: 'swatch', x, y, width: swatch, height: swatch, fill: entry.fill });
        add(legend, 'text', { x: x + swatch / 2, y: y + 11.5, 'text-anchor': 'middle', 'font-size': 10, 'font-weight': 600, fill: entry.ink }, entry.letter);
        add(legend, 'text', { class: 'name', x: x + swatch + 6, y: y + 12 }, entry.text);
      });
    };

    /** Explains a scale of numbers: {colours, ticks: [[place from 0 to 1, text]], unit, absent: {fill, text}}. */
    const explainScale = (scale) => {
      const { box } = layout;
      legend.replaceChildren();
      const long = Math.min(260, box.width - 40);
      const gradient = add(add(legend, 'defs', {}), 'linearGradient', { id: 'ramp' });
      scale.colours.forEach((colour, i) => add(gradient, 'stop', { offset: i / (scale.colours.length - 1), 'stop-color': colour }));
      add(legend, 'rect', { x: 14, y: 4, width: long, height: 11, fill: 'url(#ramp)' });
      for (const [share, text] of scale.ticks) {
        const x = 14 + share * long;
        add(legend, 'line', { class: 'tick', x1: x, x2: x, y1: 15, y2: 19 });
        add(legend, 'text', { class: 'name', x, y: 31, 'text-anchor': 'middle' }, text);
      }
      add(legend, 'text', { class: 'name', x: 14, y: 48 }, scale.unit);
      if (!scale.absent) return;
      add(legend, 'rect', { class: 'swatch', x: box.width - 120, y: 36, width: swatch, height: swatch, fill: scale.absent.fill });
      add(legend, 'text', { class: 'name', x: box.width - 99, y: 48 }, scale.absent.text);
    };

    return { draw, paint, explain, explainScale, show, get svg() { return svg; }, get layout() { return layout; }, get active() { return active; } };
  };

  return { create };
})();
