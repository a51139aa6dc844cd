// What all pages with charts share, under the name `site`. Pictures that stand in a chart's place remain where drawing it fails.
'use strict';
const site = (() => {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const scheme = () => (dark.matches ? 'dark' : 'light');
  const offline = { load: () => Promise.reject(new Error('this page loads nothing')), sanitize: () => Promise.reject(new Error('this page loads nothing')) };

  /** The data block with this id, or null. */
  const data = (id) => JSON.parse(document.getElementById(id)?.textContent ?? 'null');

  /** Numbers that were written as base64 of little-endian single precision; NaN: no value. */
  const numbers = (text) => new Float32Array(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);

  /** A whole number as text; thousands are grouped from five digits on. */
  const count = (value) => Math.round(value).toLocaleString('en-GB').replace(/^(\d),(\d{3})$/, '$1$2');

  /** The last index whose step is not after `step`; 0 where all are. */
  const at = (steps, step) => {
    let [low, high] = [0, steps.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (steps[middle] <= step) low = middle;
      else high = middle - 1;
    }
    return low;
  };

  /** Draws a Vega-Lite specification in the reader's colours; the result's `view` is Vega's, `finalize` ends it. */
  const draw = (place, spec, options = {}) => vegaEmbed(place, spec, {
    ast: true, // the expression interpreter: the content policy forbids eval
    renderer: 'svg',
    actions: false,
    defaultStyle: false,
    tooltip: { disableDefaultStyle: true },
    loader: offline,
    config: themes[scheme()],
    ...options,
  });

  /** Calls back now and whenever the reader's colours change. */
  const onScheme = (callback) => {
    dark.addEventListener('change', callback);
    return callback();
  };

  /** Gives the reader a file. */
  const save = (name, content, type) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  /** Charts that keep their shape are as wide as they would be in a picture, or as their place allows; axes and their titles need about 70 pixels of it. */
  const sized = (place, chart) => {
    if (!chart.usermeta?.aspect) return chart;
    const width = Math.max(120, Math.min(chart.usermeta.width, place.parentElement.clientWidth - 70));
    return { ...chart, width, height: width * chart.usermeta.aspect, autosize: 'pad' };
  };

  const charts = data('charts');
  let drawn = [];
  const drawAll = async () => {
    for (const result of drawn) result.finalize();
    drawn = [];
    for (const place of document.querySelectorAll('[data-chart]')) drawn.push(await draw(place, sized(place, charts[place.dataset.chart])));
    document.documentElement.dataset.drawn = scheme();
  };
  if (charts) onScheme(drawAll);

  return { data, numbers, count, at, draw, onScheme, save, scheme };
})();
