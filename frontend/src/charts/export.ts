/** Writes a chart on the page as an image that stands by itself. */

/** What a drawing has of its page's styles, as SVG names it. An element takes over from the one that it is in what is INHERITED. */
const INHERITED = [
  'fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'stroke-opacity',
  'font-family', 'font-size', 'font-weight', 'text-anchor', 'paint-order',
]; // prettier-ignore
const OWN: Record<string, string> = { opacity: '1', display: 'inline' }; // with what holds where nothing is said

const SPACE = 'http://www.w3.org/2000/svg';

/** The drawing as SVG text: the styles that the page gives it are written into it, on paper of the page’s colour. */
export function svgText(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const from = [svg, ...svg.querySelectorAll('*')];
  const to = [copy, ...copy.querySelectorAll('*')];
  from.forEach((element, i) => inline(element, to[i]!, i === 0));
  copy.querySelectorAll('[data-tool]').forEach((tool) => tool.remove());
  const { width, height } = size(svg);
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const paper = document.createElementNS(SPACE, 'rect');
  paper.setAttribute('width', '100%');
  paper.setAttribute('height', '100%');
  paper.setAttribute('fill', getComputedStyle(document.documentElement).backgroundColor || 'white');
  copy.prepend(paper);
  return new XMLSerializer().serializeToString(copy);
}

/** Writes styles as attributes: the pages' content security policy refuses style attributes, and reports each. */
function inline(element: Element, copy: Element, isRoot: boolean) {
  const computed = getComputedStyle(element);
  const around = isRoot ? undefined : getComputedStyle(element.parentElement!);
  for (const name of ['class', 'style', 'tabindex', 'href', ...INHERITED, ...Object.keys(OWN)]) {
    copy.removeAttribute(name);
  }
  for (const name of INHERITED) {
    const value = computed.getPropertyValue(name);
    if (value && value !== around?.getPropertyValue(name)) copy.setAttribute(name, value);
  }
  for (const [name, usual] of Object.entries(OWN)) {
    const value = computed.getPropertyValue(name);
    if (value && value !== usual && !isRoot) copy.setAttribute(name, value);
  }
}

function size(svg: SVGSVGElement): { width: number; height: number } {
  const box = svg.getBoundingClientRect();
  return { width: Math.ceil(box.width) || 900, height: Math.ceil(box.height) || 300 };
}

/** Saves the drawing as a file. */
export function saveSvg(svg: SVGSVGElement, name: string): void {
  save(new Blob([svgText(svg)], { type: 'image/svg+xml' }), `${name}.svg`);
}

const PIXELS = 2; // per pixel of the page, so that it can be printed

/** Saves the drawing as pixels. */
export async function savePng(svg: SVGSVGElement, name: string): Promise<void> {
  const { width, height } = size(svg);
  const address = URL.createObjectURL(new Blob([svgText(svg)], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = width * PIXELS;
    canvas.height = height * PIXELS;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('the browser gives no canvas');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
    if (!blob) throw new Error('the browser wrote no picture');
    save(blob, `${name}.png`);
  } finally {
    URL.revokeObjectURL(address);
  }
}

function save(blob: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
