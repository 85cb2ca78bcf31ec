// The page's pictures. Surfaces: from the page's colour at the middle value towards blue below and vermilion above, as in the figures.

/** The grid on which surfaces are computed: so many points in a row and in a column. */
const gridSize = 64;
const fullOpacity = 0.6;

/** The colours of the style sheet, [r, g, b], for light pages or dark ones. */
function readInks() {
  const style = getComputedStyle(document.documentElement);
  const ink = (name) => {
    const hex = style.getPropertyValue(`--${name}`).trim();
    return { css: hex, rgb: [1, 3, 5].map((k) => parseInt(hex.slice(k, k + 2), 16)) };
  };
  const names = ["blue", "vermilion", "green", "purple", "text", "muted", "faint", "page"];
  return Object.fromEntries(names.map((name) => [name, ink(name)]));
}

/** The grid's points from −reach to reach as examples, (2, gridSize²), the uppermost row first. */
function gridExamples(reach) {
  const X = matrix(2, gridSize * gridSize);
  const place = (k) => reach * ((2 * k + 1) / gridSize - 1);
  for (let row = 0; row < gridSize; row++) {
    for (let column = 0; column < gridSize; column++) {
      X.at[row * gridSize + column] = place(column);
      X.at[gridSize * gridSize + row * gridSize + column] = -place(row);
    }
  }
  return X;
}

/** The values of a unit over the grid: row `unit` of A. */
const surfaceOf = (A, unit) => A.at.subarray(unit * A.columns, (unit + 1) * A.columns);

/** How far a surface reaches to either side of its middle: probabilities by ½, tanh by 1, the others by their largest. */
function surfaceScale(values, activation) {
  if (activation === "sigmoid") return { middle: 0.5, reach: 0.5 };
  if (activation === "tanh") return { middle: 0, reach: 1 };
  return { middle: 0, reach: values.reduce((most, v) => Math.max(most, Math.abs(v)), 1e-12) };
}

/** Fills a canvas of gridSize × gridSize pixels with a surface. */
function paintSurface(canvas, values, { middle, reach }, inks) {
  canvas.width = canvas.height = gridSize;
  const context = canvas.getContext("2d");
  const image = context.createImageData(gridSize, gridSize);
  for (let k = 0; k < values.length; k++) {
    const strength = Math.max(-1, Math.min(1, (values[k] - middle) / reach));
    const [r, g, b] = (strength < 0 ? inks.blue : inks.vermilion).rgb;
    image.data.set([r, g, b, Math.round(255 * fullOpacity * Math.abs(strength))], 4 * k);
  }
  context.putImageData(image, 0, 0);
}

/** A canvas ready to be drawn on in CSS pixels, and its size. */
function prepared(canvas) {
  const { clientWidth: width, clientHeight: height } = canvas;
  const scale = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  return { context, width, height };
}

/** The large surface with its line at the middle value, and the points over it. */
function drawSurface(canvas, values, scale, parts, reach, inks) {
  const { context, width } = prepared(canvas);
  const small = document.createElement("canvas");
  paintSurface(small, values, scale, inks);
  context.drawImage(small, 0, 0, width, width);
  context.strokeStyle = inks.text.css;
  context.lineWidth = 1.5;
  context.stroke(contour(values, scale.middle, width));
  const at = (x) => ((x / reach + 1) / 2) * width;
  for (const { points: { x1, x2, y }, isHollow } of parts) {
    y.forEach((label, i) => drawPoint(context, at(x1[i]), at(-x2[i]), label, isHollow, inks));
  }
}

/** Class 0 is a blue disc, class 1 a vermilion square; a hollow one is held out. */
function drawPoint(context, x, y, label, isHollow, inks) {
  const ink = (label === 0 ? inks.blue : inks.vermilion).css;
  context.beginPath();
  if (label === 0) context.arc(x, y, 3.6, 0, 2 * Math.PI);
  else context.rect(x - 3.3, y - 3.3, 6.6, 6.6);
  context.fillStyle = isHollow ? inks.page.css : ink;
  context.strokeStyle = isHollow ? ink : inks.page.css;
  context.lineWidth = isHollow ? 2 : 1;
  context.fill();
  context.stroke();
}

/** The line at which the surface has this level, square by square of the grid, linear along their sides. */
function contour(values, level, width) {
  const path = new Path2D();
  const at = (k) => ((k + 0.5) / gridSize) * width;
  const value = (row, column) => values[row * gridSize + column];
  for (let row = 0; row + 1 < gridSize; row++) {
    for (let column = 0; column + 1 < gridSize; column++) {
      const corners = [[row, column], [row, column + 1], [row + 1, column + 1], [row + 1, column]];
      const crossings = corners.flatMap(([r, c], k) => {
        const [r2, c2] = corners[(k + 1) % 4];
        const [v, v2] = [value(r, c), value(r2, c2)];
        if (v >= level === v2 >= level) return [];
        const t = (level - v) / (v2 - v);
        return [[at(c + t * (c2 - c)), at(r + t * (r2 - r))]];
      });
      for (let k = 0; k + 1 < crossings.length; k += 2) {
        path.moveTo(...crossings[k]);
        path.lineTo(...crossings[k + 1]);
      }
    }
  }
  return path;
}

/** Curves by epoch up to the last one, and a line at the epoch that is shown. */
function drawCurves(canvas, lines, last, shown, inks) {
  const { context, width, height } = prepared(canvas);
  const frame = { left: 40, right: width - 8, top: 8, bottom: height - 24 };
  const finite = lines.flatMap(({ values }) => values).filter(Number.isFinite);
  const top = Math.max(0.75, finite.reduce((most, v) => Math.max(most, v), 0) * 1.05);
  const x = (t) => frame.left + (t / Math.max(1, last)) * (frame.right - frame.left);
  const y = (v) => frame.bottom - (v / top) * (frame.bottom - frame.top);
  const line = (points, ink, dash, thickness) => {
    context.beginPath();
    points.forEach(([a, b], k) => (k > 0 ? context.lineTo(a, b) : context.moveTo(a, b)));
    context.strokeStyle = ink.css;
    context.setLineDash(dash);
    context.lineWidth = thickness;
    context.stroke();
  };
  context.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  context.fillStyle = inks.muted.css;
  context.textBaseline = "middle";
  context.textAlign = "right";
  const unit = 10 ** Math.floor(Math.log10(top / 2));
  const spacing = unit * (top / unit > 5 ? (top / unit > 10 ? 5 : 2) : 1);
  for (let k = 0; k * spacing <= top; k++) {
    const v = k * spacing;
    line([[frame.left, y(v)], [frame.right, y(v)]], inks.faint, [], 1);
    context.fillText(String(+v.toPrecision(6)), frame.left - 6, y(v));
  }
  line([[frame.left, y(Math.LN2)], [frame.right, y(Math.LN2)]], inks.muted, [2, 3], 1);
  context.textBaseline = "alphabetic";
  context.fillText("log 2: a coin", frame.right, y(Math.LN2) - 4);
  context.fillText(String(last), frame.right, height - 6);
  context.textAlign = "left";
  context.fillText("0", frame.left, height - 6);
  context.textAlign = "center";
  context.fillText("epoch", (frame.left + frame.right) / 2, height - 6);
  const stride = Math.max(1, Math.floor(last / 600));
  for (const { values, ink, dash } of lines) {
    const points = [];
    for (let t = 0; t <= last; t += t + stride > last && t < last ? last - t : stride) points.push([x(t), y(values[t])]);
    line(points.filter(([, v]) => Number.isFinite(v)), inks[ink], dash, 2);
  }
  line([[x(shown), frame.top], [x(shown), frame.bottom]], inks.text, [], 1);
}
