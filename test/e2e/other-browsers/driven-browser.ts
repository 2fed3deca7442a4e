/* A browser that is no Chromium, driven as W3C WebDriver does it: <https://www.w3.org/TR/webdriver2/>. */

/** Key of an element in a driver's answer (WebDriver, section 12.1). */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
/** Longest that a driver waits for an element to appear: a check ends when it ends. */
const PATIENCE_MS = 300_000;

/** What of WebDriver is used, by its own names of the commands. */
export interface Commands {
  navigate(url: string): Promise<unknown>;
  setTimeouts(timeouts: { implicit: number; script: number }): Promise<unknown>;
  /** Gives `{[ELEMENT]: …}`. */
  findElement(selector: string): Promise<unknown>;
  elementSendKeys(element: string, text: string): Promise<unknown>;
  elementClear(element: string): Promise<unknown>;
  elementClick(element: string): Promise<unknown>;
  elementText(element: string): Promise<unknown>;
  executeScript(script: string): Promise<unknown>;
  /** PNG in base64. */
  takeScreenshot(): Promise<unknown>;
}

/** How a browser is reached, and how it is ended. */
export interface Driver {
  /** With its version. */
  readonly name: string;
  readonly commands: Commands;
  /** What the browser itself wrote down against pages from `url`, since it started: errors, refusals by a policy. Empty where it keeps no such list. */
  complaints(url: string): Promise<string[]>;
  /** Ends the browser and everything started for it; resolves once all of it is gone. */
  stop(): Promise<void>;
}

/** One window of such a browser. */
export class DrivenBrowser {
  readonly #driver: Driver;

  private constructor(driver: Driver) {
    this.#driver = driver;
  }

  static async over(driver: Driver): Promise<DrivenBrowser> {
    await driver.commands.setTimeouts({ implicit: PATIENCE_MS, script: PATIENCE_MS });
    return new DrivenBrowser(driver);
  }

  get name(): string {
    return this.#driver.name;
  }

  async open(url: string): Promise<void> {
    await this.#driver.commands.navigate(url);
  }

  /** Types into the first element that fits `selector`, once there is one; a file field takes a path. */
  async type(selector: string, text: string): Promise<void> {
    await this.#driver.commands.elementSendKeys(await this.#found(selector), text);
  }

  async clear(selector: string): Promise<void> {
    await this.#driver.commands.elementClear(await this.#found(selector));
  }

  async click(selector: string): Promise<void> {
    await this.#driver.commands.elementClick(await this.#found(selector));
  }

  /** The text that can be seen of the first element that fits `selector`, once there is one. */
  async text(selector: string): Promise<string> {
    return String(await this.#driver.commands.elementText(await this.#found(selector)));
  }

  /** What `script`, the body of a function, returns. */
  async run(script: string): Promise<unknown> {
    return this.#driver.commands.executeScript(script);
  }

  async screenshot(): Promise<Buffer> {
    return Buffer.from(String(await this.#driver.commands.takeScreenshot()), 'base64');
  }

  complaints(url: string): Promise<string[]> {
    return this.#driver.complaints(url);
  }

  stop(): Promise<void> {
    return this.#driver.stop();
  }

  async #found(selector: string): Promise<string> {
    const found = await this.#driver.commands.findElement(selector) as Readonly<Record<string, string>>;
    const element = found[ELEMENT];
    if (element === undefined) throw new Error(`${this.name} found no ${selector}`);
    return element;
  }
}
