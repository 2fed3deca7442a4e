import { afterAll, beforeAll } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { openScene, picturesOfForum, withChromium, type Pictures } from './open-scene.js';
import type { Scene } from './scenes.js';

const WINDOW = { width: 1280, height: 800 };

/** A real Chromium for one file of tests, with the screens under the app's policy. */
export interface Stage {
  /** Opens a scene in a window of its own, works on it and closes it. */
  show(scene: Pick<Scene, 'script'> & Partial<Scene>, work: (page: Page) => Promise<void>): Promise<void>;
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
  return {
    frame: () => pictures.frame,
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
    async show(scene, work) {
      const page = await context.newPage();
      await page.setViewportSize(WINDOW);
      try {
        await openScene(page, { name: 'test', ...scene }, pictures);
        await work(page);
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
