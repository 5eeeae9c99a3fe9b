const SPAN_MILLIS = 30_000;

/** A value over the last half minute, drawn on a canvas with every frame while the page is looked at. */
export class LivePlot {
  #canvas;
  #points = [];

  constructor(canvas) {
    this.#canvas = canvas;
    const draw = () => {
      this.#draw();
      requestAnimationFrame(draw);
    };
    requestAnimationFrame(draw);
  }

  add(value) {
    this.#points.push({ at: performance.now(), value });
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
    while (this.#points.length > 1 && this.#points[1].at < now - SPAN_MILLIS) {
      this.#points.shift();
    }
    const top = ceiling(Math.max(1, ...this.#points.map(({ value }) => value)));
    const y = (value) => height - 8 - (value / top) * (height - 24);
    this.#grid(context, width, top, y, color);
    if (this.#points.length === 0) {
      return;
    }
    const line = new Path2D();
    const x = (at) => width - ((now - at) / SPAN_MILLIS) * width;
    line.moveTo(x(this.#points[0].at), y(this.#points[0].value));
    // A value stays what it is until the next comes.
    this.#points.slice(1).forEach(({ at, value }, index) => {
      line.lineTo(x(at), y(this.#points[index].value));
      line.lineTo(x(at), y(value));
    });
    line.lineTo(width, y(this.#points.at(-1).value));
    const area = new Path2D(line);
    area.lineTo(width, height);
    area.lineTo(x(this.#points[0].at), height);
    context.globalAlpha = 0.14;
    context.fillStyle = color('--accent');
    context.fill(area);
    context.globalAlpha = 1;
    context.strokeStyle = color('--accent');
    context.lineWidth = 2;
    context.lineJoin = 'round';
    context.stroke(line);
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

/** 1, 2 or 5 times a power of ten. */
function ceiling(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * [1, 2, 5, 10].find((factor) => factor * power >= value);
}
