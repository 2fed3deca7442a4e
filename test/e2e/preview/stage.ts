import { afterAll, beforeAll } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { openScene, picturesOfForum, withChromium, type Pictures } from './open-scene.js';
import { inCase, record } from './samples.js';
import type { Scene } from './scenes.js';

const WINDOW = { width: 1280, height: 800 };

/** What most scenes begin with: a case with a page in the view, and its record. */
export const live = { state: inCase(), items: record() };

/** A real Chromium for one file of tests, with the screens under the app's policy. */
export interface Stage {
  /** Opens a scene in a window of its own, works on it and closes it. */
  show(scene: Pick<Scene, 'script'> & Partial<Scene>, work: (page: Page) => Promise<void>): Promise<void>;
  /** Like {@link show}, for a scene that is nothing but its script. */
  withScene(script: Scene['script'], work: (page: Page) => Promise<void>): Promise<void>;
  /** Opens scene after scene in one window, which is much quicker; a scene may not count on a window that nobody has used. */
  each<S extends Scene>(scenes: readonly S[], work: (page: Page, scene: S) => Promise<void>): Promise<void>;
  /** The frame that the stand-in engine sends. */
  frame(): Pictures['frame'];
}

/** Starts the browser before the tests of a file and ends it after them. */
export function useStage(): Stage {
  let context: BrowserContext;
  let pictures: Pictures;
  let close: () => void = () => undefined;
  let closed: Promise<void>;
  beforeAll(async () => {
    await new Promise<void>((ready, failed) => {
      closed = withChromium(async (opened) => {
        context = opened;
        pictures = await picturesOfForum(opened);
        const done = new Promise<void>((resolve) => { close = resolve; });
        ready();
        await done;
      });
      closed.catch(failed);
    });
  }, 60_000);
  afterAll(async () => {
    close();
    await closed;
  }, 60_000);
  async function show(scene: Pick<Scene, 'script'> & Partial<Scene>, work: (page: Page) => Promise<void>): Promise<void> {
    const page = await context.newPage();
    await page.setViewportSize(WINDOW);
    try {
      await openScene(page, { name: 'test', ...scene }, pictures);
      await work(page);
    } finally {
      await page.close();
    }
  }
  return {
    frame: () => pictures.frame,
    show,
    withScene: (script, work) => show({ script }, work),
    async each(scenes, work) {
      const page = await context.newPage();
      try {
        for (const scene of scenes) {
          await page.setViewportSize(WINDOW);
          await openScene(page, scene, pictures);
          await work(page, scene);
        }
      } finally {
        await page.close();
      }
    },
  };
}

/** What the screens asked the stand-in engine under one name. */
export async function calls(page: Page, name: string): Promise<Record<string, unknown>[]> {
  const all = await page.evaluate(() => (window as unknown as { preview: { calls: { name: string; input: Record<string, unknown> }[] } }).preview.calls);
  return all.filter((call) => call.name === name).map((call) => call.input);
}

/** The values of every field on the page. */
export function typedOn(page: Page): Promise<string[]> {
  return page.evaluate(() => [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')].map((field) => field.value));
}

/** Whether the page holds `text` anywhere: in what is drawn, in what a printer would draw, or in its fields. */
export async function holds(page: Page, text: string): Promise<boolean> {
  const all = await page.evaluate(() => document.documentElement.innerHTML);
  return all.includes(text) || (await typedOn(page)).some((value) => value.includes(text));
}

/** The id of what has the focus; empty where it has none. */
export const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.id ?? '');

/** Has the stand-in engine tell the screens of an event. */
export const emit = (page: Page, name: string, value: unknown): Promise<void> => page.evaluate(([event, given]) => { (window as unknown as { preview: { emit: (name: string, value: unknown) => void } }).preview.emit(event, given); }, [name, value] as const);
