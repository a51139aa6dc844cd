// Pictures for papers, under the name `exporting`: an SVG of the page with its caption below, in the colours and the type of print.
'use strict';
const exporting = (() => {
  const space = 'http://www.w3.org/2000/svg';
  const properties = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-opacity', 'stroke-linejoin', 'stroke-linecap', 'opacity', 'paint-order', 'font-size', 'font-weight', 'font-style', 'text-anchor', 'visibility', 'display'];
  const font = "'DejaVu Sans', Verdana, Arial, sans-serif";
  const [padding, letter, line] = [14, 11, 16];

  /** What styles say of an element becomes part of it, inside first: an element's class is part of what the styles go by. */
  const settle = (element) => {
    for (const child of element.children) settle(child);
    const style = getComputedStyle(element);
    for (const property of properties) element.setAttribute(property, style.getPropertyValue(property));
    for (const name of ['class', 'tabindex', 'role', 'aria-label', 'aria-hidden', 'data-cell']) element.removeAttribute(name);
  };

  /** Lines of a text that are no longer than a width in pixels. */
  const wrap = (text, width) => {
    const ruler = document.createElement('canvas').getContext('2d');
    ruler.font = `${letter}px ${font}`;
    const lines = [''];
    for (const word of text.split(/[ \n]+/).flatMap((long) => long.match(/.{1,60}/gu) ?? [])) {
      const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
      if (ruler.measureText(longer).width > width && lines.at(-1)) lines.push(word);
      else lines[lines.length - 1] = longer;
    }
    return lines;
  };

  const add = (parent, name, attributes, text) => {
    const element = document.createElementNS(space, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text !== undefined) element.textContent = text;
    parent.append(element);
    return element;
  };

  /** The picture on white with its caption. */
  const compose = (picture, caption) => {
    const [, , width, height] = picture.getAttribute('viewBox').split(' ').map(Number);
    const stage = document.createElement('div');
    stage.className = 'print-colours';
    const copy = picture.cloneNode(true);
    stage.append(copy);
    document.body.append(stage);
    settle(copy);
    stage.remove();
    const lines = wrap(caption, width);
    const whole = { width: width + 2 * padding, height: height + 3 * padding + lines.length * line };
    const svg = document.createElementNS(space, 'svg');
    for (const [key, value] of Object.entries({ ...whole, viewBox: `0 0 ${whole.width} ${whole.height}`, 'font-family': font })) svg.setAttribute(key, value);
    add(svg, 'desc', {}, caption);
    add(svg, 'rect', { width: whole.width, height: whole.height, fill: '#ffffff' });
    const inner = add(svg, 'g', { transform: `translate(${padding} ${padding})` });
    inner.append(...copy.childNodes);
    const words = add(svg, 'text', { x: padding, 'font-size': letter, fill: '#57606a' });
    lines.forEach((text, i) => add(words, 'tspan', { x: padding, y: height + 2 * padding + (i + 1) * line }, text));
    return { text: new XMLSerializer().serializeToString(svg), ...whole };
  };

  /** Saves `name`.svg. */
  const svg = (picture, caption, name) => site.save(`${name}.svg`, compose(picture, caption).text, 'image/svg+xml');

  /** Saves `name`.png with two pixels for each of the page's. */
  const png = async (picture, caption, name) => {
    const { text, width, height } = compose(picture, caption);
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [2 * width, 2 * height];
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => { canvas.toBlob(resolve, 'image/png'); });
    site.save(`${name}.png`, blob, 'image/png');
  };

  return { svg, png, add, space };
})();
