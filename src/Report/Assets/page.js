// Draws the charts from the data in the page, in the reader's colours. The pictures that stand in their place until then remain where this fails.
'use strict';
(() => {
  const { themes, charts } = JSON.parse(document.getElementById('charts').textContent);
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const offline = { load: () => Promise.reject(new Error('this page loads nothing')), sanitize: () => Promise.reject(new Error('this page loads nothing')) };
  let drawn = [];

  // Charts that keep their shape are as wide as they would be in a picture, or as their place allows; axes and their titles need about 70 pixels of it.
  const sized = (place, chart) => {
    if (!chart.usermeta?.aspect) return chart;
    const width = Math.max(120, Math.min(chart.usermeta.width, place.parentElement.clientWidth - 70));
    return { ...chart, width, height: width * chart.usermeta.aspect, autosize: 'pad' };
  };

  async function draw() {
    const config = themes[dark.matches ? 'dark' : 'light'];
    for (const result of drawn) result.finalize();
    drawn = [];
    for (const place of document.querySelectorAll('[data-chart]')) {
      const result = await vegaEmbed(place, sized(place, charts[place.dataset.chart]), {
        ast: true, // the expression interpreter: the content policy forbids eval
        renderer: 'svg',
        actions: false,
        defaultStyle: false,
        tooltip: { disableDefaultStyle: true },
        loader: offline,
        config,
      });
      drawn.push(result);
    }
    document.documentElement.dataset.drawn = dark.matches ? 'dark' : 'light';
  }

  dark.addEventListener('change', draw);
  draw();
})();
