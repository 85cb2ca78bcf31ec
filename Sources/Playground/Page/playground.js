// The page itself: what is chosen, which epoch is shown, and what is done by mouse and keys.

const byId = (id) => document.getElementById(id);
const sets = JSON.parse(byId("points").textContent);
/** A run ends here: later epochs show nothing new. */
const lastEpoch = 20000;

/** What runs and what is shown. `selected` is a unit { layer, unit } whose surface is shown large; nothing for the output. */
const state = { training: null, set: null, reach: 1, grid: null, inks: readInks(), shown: 0, selected: null, timer: 0 };

// MARK: Choices

const choices = ["data", "layers", "units", "activation", "rate", "lambda", "seed"];
for (const { id, title } of sets) byId("data").add(new Option(title, id));
const defaults = Object.fromEntries(choices.map((id) => [id, byId(id).value]));

/** Takes the choices from the page's address, #data=xor&layers=2…; what is not there, or is no choice, stays as at first. */
function readAddress() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  for (const id of choices) {
    const control = byId(id);
    control.value = wanted.get(id) ?? defaults[id];
    if (!control.value || !control.checkValidity()) control.value = defaults[id];
  }
}

/** Begins anew with what is chosen, and writes it into the address. */
function restart() {
  pause();
  if (!byId("seed").value || !byId("seed").checkValidity()) byId("seed").value = defaults.seed;
  const chosen = Object.fromEntries(choices.map((id) => [id, byId(id).value]));
  history.replaceState(null, "", `#${new URLSearchParams(chosen)}`);
  state.set = sets.find(({ id }) => id === chosen.data);
  const { train, test } = state.set;
  state.reach = 1.08 * Math.max(...[train, test].flatMap(({ x1, x2 }) => [...x1, ...x2]).map(Math.abs));
  state.grid = gridExamples(state.reach);
  state.training = new Training(
    { train: examples(train), test: examples(test) },
    {
      hidden: Array(Number(chosen.layers)).fill(Number(chosen.units)), activation: chosen.activation,
      rate: Number(chosen.rate), lambda: Number(chosen.lambda), seed: Number(chosen.seed),
    });
  byId("units").disabled = byId("activation").disabled = chosen.layers === "0";
  byId("penalty-key").hidden = chosen.lambda === "0";
  state.selected = null;
  buildGraph();
  show(0);
  say("At the start: weights drawn at random, nothing learnt yet.");
}

// MARK: Time

const isPlaying = () => state.timer !== 0;
const hasDiverged = () => !Number.isFinite(state.training.curves.cost[state.training.last]);

/** Shows an epoch; those up to it that have not been trained yet are trained. */
function show(epoch) {
  const { training } = state;
  epoch = Math.max(0, Math.min(epoch, lastEpoch));
  while (training.last < epoch && !hasDiverged()) training.advance();
  state.shown = Math.min(epoch, training.last);
  draw();
}

function frame() {
  show(state.shown + Number(byId("speed").value));
  state.timer = requestAnimationFrame(frame);
  if (state.shown >= lastEpoch || (hasDiverged() && state.shown === state.training.last)) {
    pause();
    say(hasDiverged() ? diverged : `${lastEpoch} epochs: a run ends here.`);
  }
}

const diverged = "The numbers have grown beyond all bounds: try a smaller learning rate.";

function play() {
  if (isPlaying() || state.shown >= lastEpoch) return;
  byId("play").textContent = "Pause";
  say("Training.");
  state.timer = requestAnimationFrame(frame);
}

function pause() {
  cancelAnimationFrame(state.timer);
  state.timer = 0;
  byId("play").textContent = "Play";
}

function toggle() {
  if (!isPlaying()) return play();
  pause();
  report();
}

/** Goes to an epoch and stays there. */
function go(epoch) {
  pause();
  show(epoch);
  report();
}

/** Words about the epoch that is shown, for everyone; a screen reader says them. */
function report() {
  const { curves } = state.training;
  const t = state.shown;
  say(Number.isFinite(curves.cost[t])
    ? `Epoch ${t}: J ${number(curves.cost[t])}; right ${percent(curves.trainAccuracy[t])} of the training points, `
      + `${percent(curves.testAccuracy[t])} of the test points.`
    : diverged);
}

function say(text) { if (byId("status").textContent !== text) byId("status").textContent = text; }

// MARK: Words

const minus = (text) => text.replace(/-/g, "−");
const number = (x, digits = 4) => (Number.isFinite(x) ? minus(x.toFixed(digits)) : "not finite");
const percent = (share) => `${(100 * share).toFixed(1)} %`;
const subscript = (n) => [...String(n)].map((d) => "₀₁₂₃₄₅₆₇₈₉"[d]).join("");
const sign = { tanh: "tanh", relu: "ReLU", sigmoid: "σ", identity: "" };

/** "a = tanh(0.53 x₁ − 1.20 x₂ + 0.10)" */
function formula({ W, b }, unit, activation, input) {
  const terms = Array.from({ length: W.columns }, (_, k) => [W.at[unit * W.columns + k], ` ${input}${subscript(k + 1)}`]);
  const text = [...terms, [b.at[unit], ""]].map(([w, name], k) => {
    const size = number(Math.abs(w), 2) + name;
    return k > 0 ? (w < 0 ? ` − ${size}` : ` + ${size}`) : w < 0 ? `−${size}` : size;
  }).join("");
  return `a = ${sign[activation]}(${text})`;
}

// MARK: Pictures

const gOf = (layers, l) => (l < layers.length - 1 ? state.training.settings.activation : "sigmoid");

function draw() {
  const { training, shown, selected, inks } = state;
  const { curves, last, settings } = training;
  const layers = training.layersAt(shown);
  const caches = forward(state.grid, layers, settings.activation);
  const scaleOf = (l, values) => surfaceScale(values, gOf(layers, l));

  for (const { canvas, layer, unit } of state.thumbnails) {
    const values = surfaceOf(layer < 0 ? state.grid : caches[layer].A, unit);
    const scale = layer < 0 ? { middle: 0, reach: state.reach } : scaleOf(layer, values);
    paintSurface(canvas, values, scale, inks);
  }
  drawEdges(layers);

  const { layer, unit } = selected ?? { layer: layers.length - 1, unit: 0 };
  const values = surfaceOf(layer < 0 ? state.grid : caches[layer].A, unit);
  const scale = layer < 0 ? { middle: 0, reach: state.reach } : scaleOf(layer, values);
  const parts = [{ points: state.set.train, isHollow: false }];
  if (byId("test").checked) parts.push({ points: state.set.test, isHollow: true });
  drawSurface(byId("surface"), values, scale, parts, state.reach, inks);
  byId("surface-title").textContent = selected ? `${unitName(layer, unit)}: its surface` : "The output: probability of class 1";
  byId("unit").textContent = layer < 0
    ? `The feature x${subscript(unit + 1)}: mean 0 and deviation 1 over the training points.`
    : formula(layers[layer], unit, gOf(layers, layer), layer > 0 ? "a" : "x")
      + (layer > 0 ? `, a${subscript(1)}${layers[layer].W.columns > 1 ? "…" : ""} from layer ${layer}` : "");

  const lines = [{ values: curves.train, ink: "green", dash: [] }, { values: curves.test, ink: "purple", dash: [7, 4] }];
  if (settings.lambda > 0) lines.push({ values: curves.cost, ink: "text", dash: [2, 3] });
  drawCurves(byId("curves"), lines, last, shown, inks);

  byId("epoch").textContent = shown;
  byId("scrub").max = last;
  byId("scrub").value = shown;
  byId("back").disabled = shown === 0;
  byId("train-cost").textContent = number(curves.train[shown]);
  byId("test-cost").textContent = number(curves.test[shown]);
  byId("cost").textContent = number(curves.cost[shown]);
  byId("train-right").textContent = percent(curves.trainAccuracy[shown]);
  byId("test-right").textContent = percent(curves.testAccuracy[shown]);
  byId("surface").setAttribute("aria-label",
    `${byId("surface-title").textContent} over the plane, with the points of ${state.set.title}, at epoch ${shown}; `
    + `${percent(curves.trainAccuracy[shown])} of the training points are on their side.`);
  byId("curves").setAttribute("aria-label",
    `Cross-entropy from epoch 0 to ${last}: on the training points from ${number(curves.train[0])} to ${number(curves.train[last])}, `
    + `on the test points from ${number(curves.test[0])} to ${number(curves.test[last])}.`);
}

/** "Layer 2, unit 3"; layer −1 is the features, and the last layer has one unit. */
function unitName(layer, unit) {
  if (layer < 0) return `Feature x${subscript(unit + 1)}`;
  return layer === state.training.layers.length - 1 ? "The output" : `Layer ${layer + 1}, unit ${unit + 1}`;
}

/** A column a layer, a button a unit. */
function buildGraph() {
  const { layers, settings } = state.training;
  state.thumbnails = [];
  const columns = [[-1, 2], ...layers.map(({ W }, l) => [l, W.rows])].map(([layer, count]) => {
    const column = element("div", { className: "layer" });
    const isLast = layer === layers.length - 1;
    const name = layer < 0 ? "X" : isLast ? "output" : `layer ${layer + 1}`;
    const g = layer < 0 ? "" : isLast ? "σ" : sign[settings.activation] || "linear";
    column.append(element("h3", { innerText: `${name}\n${g}` }));
    const units = element("div", { className: "units" });
    for (let unit = 0; unit < count; unit++) {
      const canvas = element("canvas", {});
      const button = element("button", { type: "button", className: "unit", title: unitName(layer, unit) });
      button.setAttribute("aria-label", `${unitName(layer, unit)}: show its surface`);
      button.addEventListener("click", () => select(isLast ? null : { layer, unit }));
      button.append(canvas);
      units.append(button);
      state.thumbnails.push({ canvas, button, layer, unit });
    }
    column.append(units);
    return column;
  });
  byId("columns").replaceChildren(...columns);
  placeEdges();
  press();
}

function element(name, properties) { return Object.assign(document.createElement(name), properties); }

function select(selected) {
  const isSame = selected && state.selected?.layer === selected.layer && state.selected.unit === selected.unit;
  state.selected = isSame ? null : selected;
  press();
  draw();
}

/** Marks the button of the unit that is shown large. */
function press() {
  const { layer, unit } = state.selected ?? { layer: state.training.layers.length - 1, unit: 0 };
  for (const thumbnail of state.thumbnails) {
    thumbnail.button.setAttribute("aria-pressed", thumbnail.layer === layer && thumbnail.unit === unit);
  }
}

/** A curve for each weight, from button to button. */
function placeEdges() {
  const origin = byId("network").getBoundingClientRect();
  const box = ({ button }) => button.getBoundingClientRect();
  const of = (layer) => state.thumbnails.filter((thumbnail) => thumbnail.layer === layer);
  state.edges = [];
  state.training.layers.forEach((_, layer) => {
    for (const to of of(layer)) for (const from of of(layer - 1)) {
      const [a, b] = [box(from), box(to)];
      const [x1, y1] = [a.right - origin.left, (a.top + a.bottom) / 2 - origin.top];
      const [x2, y2] = [b.left - origin.left, (b.top + b.bottom) / 2 - origin.top];
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      const middle = (x1 + x2) / 2;
      path.setAttribute("d", `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`);
      state.edges.push({ path, layer, row: to.unit, column: from.unit });
    }
  });
  byId("edges").replaceChildren(...state.edges.map(({ path }) => path));
}

function drawEdges(layers) {
  for (const { path, layer, row, column } of state.edges) {
    const { W } = layers[layer];
    const w = W.at[row * W.columns + column];
    path.setAttribute("class", w < 0 ? "negative" : "positive");
    path.setAttribute("stroke-width", Math.min(6, 0.4 + Math.abs(w)).toFixed(2));
  }
}

// MARK: What is done

for (const id of choices) byId(id).addEventListener("change", restart);
byId("choices").addEventListener("submit", (event) => event.preventDefault());
byId("play").addEventListener("click", toggle);
byId("step").addEventListener("click", () => go(state.shown + 1));
byId("back").addEventListener("click", () => go(state.shown - 1));
byId("reset").addEventListener("click", restart);
byId("scrub").addEventListener("input", () => go(Number(byId("scrub").value)));
byId("test").addEventListener("change", draw);
window.addEventListener("hashchange", () => { readAddress(); restart(); });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { state.inks = readInks(); draw(); });
new ResizeObserver(() => { placeEdges(); draw(); }).observe(document.body);

/** Keys of the page; a control that has the focus keeps its own. */
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, input:not([type=checkbox])")) return;
  const jump = event.shiftKey ? 10 : 1;
  const actions = {
    ArrowRight: () => go(state.shown + jump),
    ArrowLeft: () => go(state.shown - jump),
    Delete: restart,
    Backspace: restart,  // The key that a Mac calls delete.
    Escape: () => select(null),
  };
  // On a button, a link or a check box the space bar is theirs.
  if (!event.target.closest("button, a, input")) actions[" "] = toggle;
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

readAddress();
restart();
