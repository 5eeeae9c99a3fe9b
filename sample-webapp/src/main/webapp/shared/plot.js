const KEPT = 120;
const HEIGHT = 120;
const WIDTH = 480;
const SVG = 'http://www.w3.org/2000/svg';

/** A line of the latest values, drawn anew with the next frame after one was added. */
export class Plot {
  #values = [];
  #area = shape('path', 'area');
  #line = shape('path', 'line');
  #top = document.createElement('span');
  #unit;
  #drawing = false;

  /** @param {HTMLElement} root */
  constructor(root, { unit = '' } = {}) {
    this.#unit = unit;
    const picture = shape('svg', 'picture');
    picture.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
    picture.setAttribute('preserveAspectRatio', 'none');
    picture.setAttribute('aria-hidden', 'true');
    picture.append(this.#area, this.#line);
    this.#top.className = 'top';
    root.append(this.#top, picture);
    this.#draw();
  }

  add(value) {
    this.#values.push(value);
    if (this.#values.length > KEPT) {
      this.#values.shift();
    }
    if (!this.#drawing) {
      this.#drawing = true;
      requestAnimationFrame(() => this.#draw());
    }
  }

  clear() {
    this.#values = [];
    this.#draw();
  }

  #draw() {
    this.#drawing = false;
    const top = niceCeiling(Math.max(...this.#values, 0));
    const step = WIDTH / (KEPT - 1);
    const start = WIDTH - (this.#values.length - 1) * step;
    const points = this.#values.map(
      (value, index) =>
        `${(start + index * step).toFixed(1)},${(HEIGHT - (value / top) * HEIGHT).toFixed(1)}`,
    );
    const line = points.length > 0 ? `M${points.join('L')}` : '';
    this.#line.setAttribute('d', line);
    this.#area.setAttribute(
      'd',
      line && `${line}L${WIDTH},${HEIGHT}L${start.toFixed(1)},${HEIGHT}Z`,
    );
    this.#top.textContent = line
      ? `${top.toLocaleString()} ${this.#unit}`.trim()
      : 'Nothing measured yet';
  }
}

/** 1, 2 or 5 times a power of ten, so that the scale does not move with each value. */
function niceCeiling(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1e-9)));
  return power * ([1, 2, 5].find((factor) => factor * power >= value) ?? 10);
}

function shape(name, className) {
  const made = document.createElementNS(SVG, name);
  made.setAttribute('class', className);
  return made;
}
