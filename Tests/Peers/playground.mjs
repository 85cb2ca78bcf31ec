// Runs the playground's page: its training in Node against the reference's numbers, and all of it in a headless Chromium, by keys.
//
// node Tests/Peers/playground.mjs [FOLDER FOR SCREENSHOTS]. Needs Node; without a Chromium (its path in CHROMIUM, or in the PATH) only
// the numbers are compared. Students never need this.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import vm from "node:vm";
import { Browser } from "./browser.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const screenshots = process.argv[2];
const folder = mkdtempSync(path.join(tmpdir(), "gradus-playground-"));
const page = path.join(folder, "playground.html");

/** The largest relative difference of two lists of numbers, absolute below 1. */
function distance(actual, expected) {
  assert.equal(actual.length, expected.length);
  return expected.reduce((most, x, k) => {
    assert.ok(Number.isFinite(x) && Number.isFinite(actual[k]));
    return Math.max(most, Math.abs(actual[k] - x) / Math.max(1, Math.abs(x)));
  }, 0);
}

const curveNames = ["cost", "train", "test", "trainAccuracy", "testAccuracy"];

/** How far the page's curves and last weights are from the reference's. */
function compare({ curves, W, b }, expected) {
  const parts = [...curveNames.map((name) => [curves[name], expected[name]])];
  expected.W.forEach((weights, l) => parts.push([W[l], weights], [b[l], expected.b[l]]));
  return Math.max(...parts.map(([actual, wanted]) => distance(actual, wanted)));
}

/** Run in the page or in Node: a configuration's training, its curves and last weights. */
const trained = `(configuration, epochs) => {
  const set = JSON.parse(points).find(({ id }) => id === configuration.data);
  const training = new Training(
    { train: examples(set.train), test: examples(set.test) },
    { ...configuration, hidden: Array(configuration.layers).fill(configuration.units) });
  const path = [training.layers];
  while (training.last < epochs) { training.advance(); path.push(training.layers); }
  // Weights that were not kept are found again, to the bit.
  const same = (p, q) => JSON.stringify(p, (_, v) => ArrayBuffer.isView(v) ? [...v] : v) === JSON.stringify(q, (_, v) => ArrayBuffer.isView(v) ? [...v] : v);
  for (const t of [0, 1, Math.floor(epochs / 3), epochs - 1, epochs]) if (!same(path[t], training.layersAt(t))) throw new Error("epoch " + t);
  return {
    curves: training.curves, spacing: training.spacing,
    W: training.layers.map(({ W }) => [...W.at]), b: training.layers.map(({ b }) => [...b.at]),
  };
}`;

/** The page's own training, run in Node. */
function networkOf(html) {
  const points = html.match(/<script type="application\/json" id="points">(.*?)<\/script>/s)[1];
  // Drawing and controls come after the network, and need a page.
  const script = html.match(/<script>\n(.*?)<\/script>/s)[1].split("// The page's pictures.")[0];
  return vm.runInNewContext(`${script}\n;${trained}`, { points });
}

function compareInNode(html, outcomes) {
  const run = networkOf(html);
  const worst = outcomes.map((outcome) => compare(run(outcome.configuration, outcome.cost.length - 1), outcome));
  worst.forEach((difference, k) => {
    const { data, layers, units, activation } = outcomes[k].configuration;
    console.log(`  ${data}, ${layers} × ${units} ${activation}: ${outcomes[k].cost.length - 1} epochs, largest difference ${difference.toExponential(1)}`);
  });
  assert.ok(Math.max(...worst) < 1e-9);
  const long = run({ ...outcomes[0].configuration, units: 2 }, 1300);
  assert.equal(long.spacing, 4);
}

/** The numbers in the page's ideas of what to try. */
function checkIdeas(html) {
  const run = networkOf(html);
  const after = (choices, epochs) => {
    const { curves } = run({ data: "flower", layers: 1, units: 4, activation: "tanh", rate: 1, lambda: 0, seed: 1, ...choices }, epochs);
    return { cost: curves.cost[epochs], train: curves.train[epochs], test: curves.test[epochs], right: curves.trainAccuracy[epochs], most: Math.max(...curves.cost) };
  };
  assert.ok(after({ data: "xor", activation: "identity" }, 2000).right < 0.55);
  const seeds = Array.from({ length: 10 }, (_, k) => k + 1);
  const reached = (units) => seeds.filter((seed) => after({ data: "xor", units, activation: "relu", seed }, 2000).right > 0.75);
  assert.deepEqual(reached(2), [5, 7]);
  assert.deepEqual(reached(4), seeds);
  assert.ok(after({ data: "circles", units: 3 }, 2000).right > 0.98);
  const fast = after({ rate: 10 }, 300);
  assert.ok(Math.round(fast.most / Math.LN2) === 5 && fast.cost < Math.LN2);
  assert.deepEqual([0.03, 1].map((rate) => after({ rate }, 300).cost.toFixed(2)), ["0.64", "0.33"]);
  assert.deepEqual(["sigmoid", "tanh"].map((activation) => Math.round(100 * after({ layers: 4, activation }, 1000).right)), [65, 91]);
  const moons = [0, 1].map((lambda) => after({ data: "moons", layers: 2, units: 8, lambda }, 5000));
  assert.deepEqual(moons.map(({ train, test }, k) => [train.toFixed(k ? 2 : 3), test.toFixed(2)]), [["0.004", "0.42"], ["0.08", "0.10"]]);
  console.log("  what the page says of its ideas is so");
}

async function tryInBrowser(browser, outcomes) {
  const url = pathToFileURL(page).href;
  const evaluate = (text) => browser.evaluate(text);
  const state = () => evaluate(`({ shown: state.shown, last: state.training.last, playing: isPlaying(), address: location.hash,
    play: byId("play").textContent, status: byId("status").textContent, title: byId("surface-title").textContent })`);
  await browser.open(url);

  // The numbers, in this engine too, by the page's own objects.
  const worst = [];
  for (const outcome of outcomes) {
    const call = `(${trained.replace("JSON.parse(points)", "sets")})(${JSON.stringify(outcome.configuration)}, ${outcome.cost.length - 1})`;
    worst.push(compare(await evaluate(call), outcome));
  }
  console.log(`  ${browser.version}: largest difference ${Math.max(...worst).toExponential(1)}`);
  assert.ok(Math.max(...worst) < 1e-9);

  // Every control is reached by Tab, shows that it has the focus, and has a name.
  const controls = await evaluate(`[...document.querySelectorAll("button, select, input, a")].filter((c) => !c.disabled).length`);
  const reached = new Set();
  for (let k = 0; k < controls + 2; k++) {
    await browser.press("Tab");
    const focus = await evaluate(`(() => { const c = document.activeElement, all = [...document.querySelectorAll("button, select, input, a")];
      return { place: all.indexOf(c), outline: getComputedStyle(c).outlineStyle, width: parseFloat(getComputedStyle(c).outlineWidth) }; })()`);
    if (focus.place < 0) continue;
    assert.ok(focus.outline !== "none" && focus.width >= 2, `the focus cannot be seen: ${JSON.stringify(focus)}`);
    reached.add(focus.place);
  }
  assert.equal(reached.size, controls);
  const nameless = await browser.nameless();
  assert.deepEqual(nameless, []);

  // Steps and the space bar.
  await browser.open(url);
  await browser.press("ArrowRight");
  await browser.press("ArrowRight");
  assert.equal((await state()).shown, 2);
  await browser.press("ArrowRight", { shift: true });
  await browser.press("ArrowLeft");
  assert.equal((await state()).shown, 11);
  assert.equal((await state()).last, 12);
  const first = outcomes[0];
  assert.ok(distance(await evaluate(`state.training.curves.cost`), first.cost.slice(0, 13)) < 1e-9);
  assert.equal(await evaluate(`byId("train-cost").textContent`), first.train[11].toFixed(4));
  assert.match((await state()).status, /^Epoch 11: J 0\.\d{4}; right \d+\.\d % of the training points/);
  await browser.press(" ");
  assert.deepEqual([(await state()).playing, (await state()).play], [true, "Pause"]);
  await browser.until(`state.shown > 60`);
  await browser.press(" ");
  const paused = await state();
  assert.deepEqual([paused.playing, paused.play], [false, "Play"]);
  await browser.sleep(200);
  assert.equal((await state()).shown, paused.shown);

  // The slider by its own keys: to the start, one on, and to the end.
  await evaluate(`byId("scrub").focus()`);
  await browser.press("Home");
  assert.equal((await state()).shown, 0);
  await browser.press("ArrowRight");
  assert.deepEqual([(await state()).shown, (await state()).last], [1, paused.last]);
  await browser.press("End");
  assert.equal((await state()).shown, paused.last);

  // A unit large, and back.
  await evaluate(`document.querySelector('[aria-label="Layer 1, unit 2: show its surface"]').focus()`);
  await browser.press("Enter");
  assert.equal((await state()).title, "Layer 1, unit 2: its surface");
  assert.match(await evaluate(`byId("unit").textContent`), /^a = tanh\(−?\d+\.\d\d x₁ [+−] \d+\.\d\d x₂ [+−] \d+\.\d\d\)$/);
  await browser.press("Escape");
  assert.equal((await state()).title, "The output: probability of class 1");
  await browser.press("Delete");
  assert.deepEqual([(await state()).shown, (await state()).last], [0, 0]);

  // Each choice, by keys; each begins anew, and is in the address.
  for (const [id, parameter] of [["data", "data"], ["layers", "layers"], ["units", "units"], ["activation", "activation"],
    ["rate", "rate"], ["lambda", "lambda"], ["seed", "seed"]]) {
    await evaluate(`go(3); byId("${id}").focus()`);
    const before = await evaluate(`byId("${id}").value`);
    await browser.press(id === "seed" ? "ArrowUp" : "ArrowDown");
    await evaluate(`document.activeElement.blur()`);
    const after = await evaluate(`byId("${id}").value`);
    assert.notEqual(after, before, id);
    assert.equal((await state()).shown, 0, id);
    assert.equal(await evaluate(`new URLSearchParams(location.hash.slice(1)).get("${parameter}")`), after);
  }
  // The address decides; what is no choice is left as at first.
  await browser.open(`${url}#data=spirals&layers=4&units=8&activation=frobnicate&rate=7&seed=-3`);
  assert.deepEqual(await evaluate(`choices.map((id) => byId(id).value)`), ["spirals", "4", "8", "tanh", "1", "0", "1"]);
  // What grows beyond all bounds stops, and says so.
  await browser.open(`${url}#data=flower&layers=3&units=8&activation=identity&rate=10`);
  await browser.press(" ");
  await browser.until(`!isPlaying()`);
  assert.match((await state()).status, /smaller learning rate/);

  await lookAtIt(browser, url, evaluate);
  assert.deepEqual(browser.complaints, []);
  assert.ok(browser.requests.every((request) => request === url || request.startsWith(`${url}#`) || request.startsWith("data:")), `${browser.requests}`);
}

/** No sideways scrolling at phone width, both colour schemes, every idea's set-up. */
async function lookAtIt(browser, url, evaluate) {
  const ideas = await evaluate(`[...document.querySelectorAll(".try a")].map((a) => a.hash)`);
  assert.ok(ideas.length >= 6);
  for (const idea of ideas) {
    await browser.open(url);
    await evaluate(`document.querySelector('.try a[href="${idea}"]').click()`);
    await browser.until(`location.hash.includes("seed=")`);
    for (const [name, value] of new URLSearchParams(idea.slice(1))) assert.equal(await evaluate(`byId("${name}").value`), value);
  }
  const widest = "#data=moons&layers=4&units=8&lambda=1";
  for (const [width, height, dark, address, epochs] of [
    [1300, 900, false, "", 0], [1300, 900, false, "", 1000], [1300, 900, true, widest, 300], [800, 1000, false, "#data=circles&units=3", 500],
    [390, 844, false, "#data=xor", 300], [390, 844, true, widest, 300], [320, 640, false, widest, 0],
  ]) {
    await browser.view(width, height, dark);
    await browser.open(url + address);
    await evaluate(`show(${epochs}); report()`);
    const { scroll, ground } = await evaluate(`({ scroll: document.documentElement.scrollWidth, ground: getComputedStyle(document.body).backgroundColor })`);
    assert.ok(scroll <= width, `${address} is ${scroll} px wide at ${width}`);
    assert.equal(ground === "rgb(13, 17, 23)", dark);
    if (screenshots) {
      const name = `${width}-${dark ? "dark" : "light"}-${epochs}.png`;
      writeFileSync(path.join(screenshots, name), await browser.screenshot());
    }
  }
}

try {
  if (screenshots) mkdirSync(screenshots, { recursive: true });
  const options = { cwd: root, env: { ...process.env, GRADUS_EXCHANGE: folder }, stdio: ["ignore", "ignore", "inherit"] };
  execFileSync("swift", ["test", "--filter", "PlaygroundExchange"], options);
  execFileSync("swift", ["run", "-q", "gradus", "playground", "--out", page], options);
  const outcomes = JSON.parse(readFileSync(path.join(folder, "playground.json"), "utf8"));
  console.log(`The playground against the reference, Node ${process.versions.node}:`);
  compareInNode(readFileSync(page, "utf8"), outcomes);
  checkIdeas(readFileSync(page, "utf8"));
  const browser = await Browser.start(path.join(folder, "profile"));
  if (browser) {
    try { await tryInBrowser(browser, outcomes); } finally { await browser.stop(); }
    console.log("  by keys: every control reached and named, play, pause, step, scrub, choices; 320 to 1300 px, light and dark; no complaints, no requests");
  } else {
    console.log("  LEFT OUT: the page in a browser (no Chromium here)");
  }
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
