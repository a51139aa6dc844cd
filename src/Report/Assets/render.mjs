// Reads {fonts, scale, jobs: [{id, spec, png (whether wanted)}]} from standard input; writes [{id, svg, png (base64)}] to standard output.
import * as vega from 'vega';
import { compile } from 'vega-lite';
import { Resvg } from '@resvg/resvg-js';
import { readFileSync } from 'node:fs';

const request = JSON.parse(readFileSync(0, 'utf8'));

// Everything comes with the specification: no file and no address is ever loaded.
const loader = vega.loader();
loader.load = loader.sanitize = (uri) => Promise.reject(new Error(`a figure must not load ${uri}`));

// Vega-Lite's warnings mean a mistake in a specification of ours: they are errors here.
const logger = {
  level: () => logger,
  error: (...words) => { throw new Error(words.join(' ')); },
  warn: (...words) => { throw new Error(words.join(' ')); },
  info: () => logger,
  debug: () => logger,
};

const rasterise = (svg) => new Resvg(svg, {
  fitTo: { mode: 'zoom', value: request.scale },
  font: { fontFiles: request.fonts, loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans' },
}).render().asPng();

const pictures = [];
for (const { id, spec, png } of request.jobs) {
  try {
    const view = new vega.View(vega.parse(compile(spec, { logger }).spec), { renderer: 'none', loader, logger });
    const svg = await view.toSVG();
    view.finalize();
    pictures.push({ id, svg: svg + '\n', png: png ? rasterise(svg).toString('base64') : '' });
  } catch (error) {
    throw new Error(`figure ${id}: ${error.message}`);
  }
}

process.stdout.write(JSON.stringify(pictures));
