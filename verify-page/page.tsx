import { useRef, useState } from 'react';
import { isCoded } from '../src/record/coded-error.js';
import type { VerifyReport } from '../src/verify/report.js';
import { checkChosen } from './check.js';
import { nameOf, sizeOf, type Chosen } from './files.js';
import { trustFrom } from '../src/verify/typed-fingerprint.js';
import { Found } from './found.js';
import { Question, type Problem } from './question.js';
import { receiptOf, type Receipt } from './receipt.js';

/** This page's name and version, put in when it is built. */
declare const TOOL: string;

interface Result {
  readonly report: VerifyReport;
  readonly receipt: Receipt;
}

/** How far a check is, in bytes of the case's files. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** The whole page: the question, the check, what was found. */
export function Page() {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [result, setResult] = useState<Result | null>(null);
  const cancel = useRef<AbortController | null>(null);

  const check = async (bundle: Chosen, passphrase: string | null, typed: string): Promise<void> => {
    const stop = new AbortController();
    cancel.current = stop;
    setProblem(null);
    try {
      const trust = trustFrom(typed);
      setProgress({ done: 0, total: 0 });
      const now = new Date().toISOString();
      const report = await checkChosen(bundle, { passphrase, trust, now, signal: stop.signal, onProgress: (done, total) => { setProgress({ done, total }); } });
      const receipt = receiptOf(report, { tool: TOOL, checkedAt: now, name: nameOf(bundle), size: sizeOf(bundle), rootTyped: typed.trim() !== '' });
      setResult({ report, receipt });
    } catch (error) {
      if (!isCoded(error)) throw error;
      setProblem({ code: error.code, sentence: error.sentence, where: error.where ?? null });
    } finally {
      setProgress(null);
    }
  };

  return (
    <main className="sheet">
      <header className="brand"><p>Countersign</p><p>Checks a bundle on this computer and sends nothing anywhere.</p></header>
      {result === null
        ? <Question chosen={chosen} onChosen={(next) => { setChosen(next); setProblem(null); }} progress={progress} problem={problem} onCheck={check} onStop={() => cancel.current?.abort()} />
        : <Found report={result.report} receipt={result.receipt} onAgain={() => { setResult(null); setChosen(null); setProblem(null); }} />}
      <footer className="about">
        <p>{TOOL}. The sender may have given you this page together with the bundle. If much depends on the answer, use a copy of it that you got from elsewhere, or follow VERIFY.txt.</p>
      </footer>
    </main>
  );
}
