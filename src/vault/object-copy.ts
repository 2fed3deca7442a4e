import { join } from 'node:path';
import { z } from 'zod';
import { hex } from '../record/bytes.js';
import { sha256Schema } from '../record/entry.js';
import type { Sha256 } from '../record/ports.js';
import type { Database } from './database.js';
import { copyFileDurably, makeFolder } from './durable-file.js';
import { STAGED } from './object-file.js';
import { parseRows } from './rows.js';

/** How far a copy is; bytes are those of evidence files. */
export interface CopyProgress {
  readonly files: number;
  readonly filesTotal: number;
  readonly bytes: number;
}

/** What was copied. `missing` and `altered`: evidence files that were not there, or not as the vault wrote them. */
export interface CopyResult {
  readonly files: number;
  readonly bytes: number;
  readonly missing: number;
  readonly altered: number;
}

const PAGE = 500;
const countRows = z.tuple([z.strictObject({ count: z.int() })]);
const fileRows = z.array(z.strictObject({ file: z.string().regex(/^[0-9a-f]{32}$/), cipher_sha256: sha256Schema }));

/** Copies every evidence file that `database` names from one vault's folder to another's, as it lies there. `goOn` throws to stop. */
export async function copyObjects(database: Database, from: string, to: string, sha256: Sha256, onProgress: (progress: CopyProgress) => void, goOn: () => void): Promise<CopyResult> {
  const [{ count: filesTotal }] = parseRows(countRows, await database.all('SELECT count(*) AS count FROM objects'));
  let [files, bytes, missing, altered, after] = [0, 0, 0, 0, ''];
  onProgress({ files, filesTotal, bytes });
  for (;;) {
    const rows = parseRows(fileRows, await database.all('SELECT file, cipher_sha256 FROM objects WHERE file > ? ORDER BY file LIMIT ?', after, PAGE));
    if (rows.length === 0) return { files, bytes, missing, altered };
    for (const { file, cipher_sha256: expected } of rows) {
      goOn();
      const name = join('objects', file.slice(0, 2), file);
      await makeFolder(join(to, 'objects', file.slice(0, 2)));
      const hash = sha256.start();
      const step = (chunk: Uint8Array): void => {
        goOn();
        hash.update(chunk);
        bytes += chunk.length;
        onProgress({ files, filesTotal, bytes });
      };
      const found = (await copyFileDurably(join(from, name), join(to, name), step)) || (await copyFileDurably(join(from, name) + STAGED, join(to, name), step));
      if (!found) missing += 1;
      else if (hex(hash.digest()) !== expected) altered += 1;
      files += 1;
      after = file;
      onProgress({ files, filesTotal, bytes });
    }
  }
}
