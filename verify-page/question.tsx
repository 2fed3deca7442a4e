import { useEffect, useId, useRef, useState } from 'react';
import { size } from './format.js';
import { chosenFrom, nameOf, sizeOf, type Chosen } from './files.js';
import type { Progress } from './page.js';

/** Why a check could not be made. */
export interface Problem {
  readonly code: string;
  readonly sentence: string;
  readonly where: string | null;
}

interface QuestionProps {
  readonly chosen: Chosen | null;
  readonly onChosen: (chosen: Chosen | null) => void;
  readonly progress: Progress | null;
  readonly problem: Problem | null;
  readonly onCheck: (chosen: Chosen, passphrase: string | null, typed: string) => Promise<void>;
  readonly onStop: () => void;
}

/** Asks for the bundle and for what is known besides. */
export function Question({ chosen, onChosen, progress, problem, onCheck, onStop }: QuestionProps) {
  const [passphrase, setPassphrase] = useState('');
  const [typed, setTyped] = useState('');
  const [nothing, setNothing] = useState(false);
  const busy = progress !== null;
  const shown: Problem | null = nothing && chosen === null ? { code: 'page.nothing-chosen', sentence: 'Choose the bundle first.', where: 'bundle' } : problem;
  const submit = (): void => {
    setNothing(chosen === null);
    if (chosen !== null && !busy) void onCheck(chosen, passphrase === '' ? null : passphrase, typed);
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); submit(); }}>
      {shown !== null && <Trouble problem={shown} />}
      <h1>Has this bundle been changed?</h1>
      <p className="lead">Choose the ZIP file that you were given, or the folder that it was unpacked to.</p>
      <Choose chosen={chosen} busy={busy} onChosen={onChosen} />
      <Field name="passphrase" label="Passphrase" hint="Only if the bundle is encrypted. The sender gives it to you by another route." value={passphrase} onChange={setPassphrase} busy={busy} wrong={shown?.code === 'bundle.wrong-passphrase' || shown?.code === 'bundle.encrypted'} />
      <Field name="fingerprint" label="Fingerprint of the school" hint="From the school’s printed enrolment sheet: eight words, or letters and figures. Without it you can compare the words afterwards." value={typed} onChange={setTyped} busy={busy} wrong={shown?.where === 'fingerprint'} />
      {progress === null ? <button type="submit" className="primary">Check the bundle</button> : <Working progress={progress} onStop={onStop} />}
    </form>
  );
}

function Choose({ chosen, busy, onChosen }: { readonly chosen: Chosen | null; readonly busy: boolean; readonly onChosen: (chosen: Chosen | null) => void }) {
  const [over, setOver] = useState(false);
  const [isFolder, setIsFolder] = useState(false);
  const choose = (files: readonly File[]): void => {
    setIsFolder(false);
    onChosen(chosenFrom(files));
  };
  return (
    <fieldset
      className={over ? 'drop over' : 'drop'} disabled={busy}
      onDragOver={(event) => { event.preventDefault(); setOver(true); }}
      onDragLeave={() => { setOver(false); }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (busy) return;
        // A browser does not let a page from the disk read a folder that is dropped.
        if (event.dataTransfer.items[0]?.webkitGetAsEntry()?.isDirectory === true) {
          setIsFolder(true);
          onChosen(null);
        } else choose([...event.dataTransfer.files].slice(0, 1));
      }}
    >
      <legend className="for-readers">The bundle</legend>
      <p aria-live="polite">{isFolder ? 'That is a folder. Use “Choose a folder” for it.' : chosen === null ? 'Drop the ZIP file here, or choose:' : <><b>{nameOf(chosen)}</b> · {size(sizeOf(chosen))}</>}</p>
      <div className="row">
        <FileButton label="Choose a ZIP file" accept=".zip,application/zip" folder={false} onFiles={choose} />
        <FileButton label="Choose a folder" accept="" folder onFiles={choose} />
      </div>
    </fieldset>
  );
}

function FileButton({ label, accept, folder, onFiles }: { readonly label: string; readonly accept: string; readonly folder: boolean; readonly onFiles: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" onClick={() => { input.current?.click(); }}>{label}</button>
      <input
        ref={(element) => { input.current = element; if (folder) element?.setAttribute('webkitdirectory', ''); }}
        type="file" hidden aria-label={label} accept={accept === '' ? undefined : accept}
        onChange={(event) => { onFiles([...(event.target.files ?? [])]); event.target.value = ''; }}
      />
    </>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly busy: boolean;
  readonly wrong: boolean;
}

function Field({ name, label, hint, value, onChange, busy, wrong }: FieldProps) {
  const id = useId();
  return (
    <div className={wrong ? 'field wrong' : 'field'}>
      <label htmlFor={id}>{label} <span className="muted">(optional)</span></label>
      <p id={`${id}-hint`} className="muted">{hint}</p>
      <input id={id} name={name} value={value} maxLength={1_000} autoComplete="off" autoCapitalize="none" spellCheck={false} readOnly={busy} aria-describedby={`${id}-hint`} aria-invalid={wrong} onChange={(event) => { onChange(event.target.value); }} />
    </div>
  );
}

function Trouble({ problem }: { readonly problem: Problem }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => { place.current?.focus(); }, [problem.code, problem.sentence]);
  const file = problem.where === null || problem.where === 'fingerprint' || problem.where === 'bundle' ? null : problem.where;
  return (
    <div className="trouble" role="alert" tabIndex={-1} ref={place}>
      <h2>The bundle was not checked</h2>
      <p>{problem.sentence}{file === null ? '' : ` (${file})`}</p>
    </div>
  );
}

function Working({ progress, onStop }: { readonly progress: Progress; readonly onStop: () => void }) {
  const { done, total } = progress;
  const share = total === 0 ? null : Math.floor((done / total) * 100);
  return (
    <div className="working">
      <p role="status">Checking every file</p>
      <div className="row">
        {share === null ? <progress aria-label="Checking every file" /> : <progress aria-label="Checking every file" value={share} max={100} />}
        <span>{share === null ? '' : `${share} % of ${size(total)}`}</span>
      </div>
      <button type="button" onClick={onStop}>Stop checking</button>
    </div>
  );
}
