// A headless Chromium, driven by its DevTools protocol over a pipe: no packages are needed.
import { spawn, spawnSync } from "node:child_process";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

export class Browser {
  /** Every error, warning and exception of the pages, and all that they asked for. */
  complaints = [];
  requests = [];
  #waiting = new Map();
  #number = 0;

  /** Nothing where there is no Chromium. */
  static async start(profile) {
    const runs = (name) => spawnSync(name, ["--version"], { encoding: "utf8" }).status === 0;
    const program = [process.env.CHROMIUM, ...names].find((name) => name && runs(name));
    if (!program) return null;
    const browser = new Browser();
    // Without its sandbox, since it may run as root in a container; it only opens the page just written.
    browser.process = spawn(
      program, ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", `--user-data-dir=${profile}`,
        "--remote-debugging-pipe", "about:blank"], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    let rest = "";
    browser.process.stdio[4].setEncoding("utf8").on("data", (text) => {
      const messages = (rest + text).split("\0");
      rest = messages.pop();
      for (const message of messages) browser.#receive(JSON.parse(message));
    });
    browser.process.on("exit", () => { for (const { reject } of browser.#waiting.values()) reject(new Error("Chromium has ended")); });
    browser.version = (await browser.#send("Browser.getVersion")).product;
    const { targetId } = await browser.#send("Target.createTarget", { url: "about:blank" });
    browser.session = (await browser.#send("Target.attachToTarget", { targetId, flatten: true })).sessionId;
    for (const domain of ["Page", "Runtime", "Log", "Network"]) await browser.#send(`${domain}.enable`);
    return browser;
  }

  async stop() {
    const ended = new Promise((resolve) => this.process.on("exit", resolve));
    this.#send("Browser.close").catch(() => {});
    await ended;
  }

  #send(method, params = {}) {
    const id = ++this.#number;
    this.process.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId: this.session })}\0`);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${method}: no answer`)), 60000);
      const done = (settle) => (value) => { clearTimeout(timer); settle(value); };
      this.#waiting.set(id, { resolve: done(resolve), reject: done(reject) });
    });
  }

  #receive({ id, method, params, result, error }) {
    if (id) {
      const { resolve, reject } = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) reject(new Error(error.message)); else resolve(result);
    } else if (method === "Runtime.exceptionThrown") {
      this.complaints.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
    } else if (method === "Runtime.consoleAPICalled" && ["error", "warning", "assert"].includes(params.type)) {
      this.complaints.push(params.args.map(({ value }) => value).join(" "));
    } else if (method === "Log.entryAdded") {
      this.complaints.push(params.entry.text);
    } else if (method === "Network.requestWillBeSent") {
      this.requests.push(params.request.url);
    }
  }

  sleep(milliseconds) { return new Promise((resolve) => setTimeout(resolve, milliseconds)); }

  /** Opens a page anew, and waits for its scripts. */
  async open(url) {
    await this.#send("Page.navigate", { url: "about:blank" });
    await this.#send("Page.navigate", { url });
    await this.until(`location.href.startsWith("file:") && document.readyState === "complete"`);
  }

  async until(condition) {
    for (let k = 0; k < 300; k++) {
      if (await this.evaluate(condition)) return;
      await this.sleep(50);
    }
    throw new Error(`never: ${condition}`);
  }

  async evaluate(expression) {
    const { result, exceptionDetails } = await this.#send("Runtime.evaluate", { expression, returnByValue: true, replMode: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Presses and lets go of a key, as a keyboard does. */
  async press(key, { shift = false } = {}) {
    const codes = {
      Tab: 9, Enter: 13, Escape: 27, " ": 32, End: 35, Home: 36, ArrowLeft: 37, ArrowUp: 38, ArrowRight: 39, ArrowDown: 40, Delete: 46,
    };
    const text = key === " " ? " " : key === "Enter" ? "\r" : undefined;
    const event = { key, code: key === " " ? "Space" : key, windowsVirtualKeyCode: codes[key], modifiers: shift ? 8 : 0 };
    await this.#send("Input.dispatchKeyEvent", { type: text ? "keyDown" : "rawKeyDown", text, ...event });
    await this.#send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
  }

  /** The controls that have no name for a screen reader. */
  async nameless() {
    const { nodes } = await this.#send("Accessibility.getFullAXTree");
    const controls = ["button", "combobox", "spinbutton", "slider", "checkbox", "link", "image", "img"];
    return nodes.filter(({ ignored, role, name }) => !ignored && controls.includes(role?.value) && !name?.value).map(({ role }) => role.value);
  }

  async view(width, height, dark) {
    await this.#send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: width < 500 });
    await this.#send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }] });
  }

  /** The whole page as a PNG. */
  async screenshot() {
    const { data } = await this.#send("Page.captureScreenshot", { captureBeyondViewport: true });
    return Buffer.from(data, "base64");
  }
}
