const SPAN_MILLIS = 30_000;

/** A batch is due every 100 ms; after so long without one nothing is known any more. */
const KNOWN_MILLIS = 500;

/**
 * A value over the last half minute, drawn on a canvas with every frame while the page is looked at.
 * Times from which nothing is known are left out: no line is drawn there.
 */
export class LivePlot {
  #canvas;
  /** Each an uninterrupted time: its points, and until when the last of them is known to be true. */
  #stretches = [];

  constructor(canvas) {
    this.#canvas = canvas;
    const draw = () => {
      this.#draw();
      requestAnimationFrame(draw);
    };
    requestAnimationFrame(draw);
  }

  /**
   * A batch came; in order, also those that were missed.
   *
   * @param {number | undefined} value undefined if it is the same as before
   * @param {number} at when, by performance.now()
   */
  heard(value, at) {
    const last = this.#stretches.at(-1);
    if (!last || at - last.until > KNOWN_MILLIS) {
      // What a value was in between is not known, nor what it is, if it is not told.
      if (value !== undefined) {
        this.#stretches.push({ points: [{ at, value }], until: at });
      }
      return;
    }
    last.until = at;
    if (value !== undefined) {
      last.points.push({ at, value });
    }
  }

  #draw() {
    const canvas = this.#canvas;
    const scale = window.devicePixelRatio;
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
    }
    const context = canvas.getContext('2d');
    const style = getComputedStyle(canvas);
    const color = (name) => style.getPropertyValue(name);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, height);
    const now = performance.now();
    this.#forget(now - SPAN_MILLIS);
    const values = this.#stretches.flatMap(({ points }) => points.map(({ value }) => value));
    const top = ceiling(Math.max(1, ...values));
    const y = (value) => height - 8 - (value / top) * (height - 24);
    this.#grid(context, width, top, y, color);
    const x = (at) => width - ((now - at) / SPAN_MILLIS) * width;
    this.#stretches.forEach(({ points, until }) => {
      const end = Math.min(now, until + KNOWN_MILLIS);
      stroke(context, steps(points, end, x, y), { height, color });
    });
  }

  #forget(before) {
    this.#stretches = this.#stretches.filter(({ until }) => until + KNOWN_MILLIS > before);
    for (const { points } of this.#stretches) {
      while (points.length > 1 && points[1].at < before) {
        points.shift();
      }
    }
  }

  #grid(context, width, top, y, color) {
    context.strokeStyle = color('--line');
    context.fillStyle = color('--muted');
    context.lineWidth = 1;
    context.font = '12px system-ui, sans-serif';
    for (const value of [0, top / 2, top]) {
      context.beginPath();
      context.moveTo(0, Math.round(y(value)) + 0.5);
      context.lineTo(width, Math.round(y(value)) + 0.5);
      context.stroke();
      context.fillText(value.toLocaleString(), 8, y(value) - 4);
    }
  }
}

/** The corners of a line: a value stays what it is until the next comes. */
function steps(points, end, x, y) {
  return points.flatMap(({ at, value }, index) => [
    [x(at), y(value)],
    [x(points[index + 1]?.at ?? end), y(value)],
  ]);
}

function stroke(context, corners, { height, color }) {
  const line = new Path2D();
  corners.forEach(([x, y]) => line.lineTo(x, y));
  const area = new Path2D(line);
  area.lineTo(corners.at(-1)[0], height);
  area.lineTo(corners[0][0], height);
  context.globalAlpha = 0.14;
  context.fillStyle = color('--accent');
  context.fill(area);
  context.globalAlpha = 1;
  context.strokeStyle = color('--accent');
  context.lineWidth = 2;
  context.lineJoin = 'round';
  context.stroke(line);
}

/** 1, 2 or 5 times a power of ten. */
function ceiling(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * [1, 2, 5, 10].find((factor) => factor * power >= value);
}
