import { expect, test } from '@jest/globals';
import { missingTold, TELLABLE, toldInWords, toldTitle, type ToldQuestion } from '../../../src/investigation/policy/who-told.js';
import { TOLD_PEOPLE } from '../../../src/record/kinds.js';

const missing = (change: Partial<ToldQuestion>): string[] => missingTold({ subject: 'unknown', categories: [], outcomes: [], told: [], ...change }).map((sentence) => sentence.slice(0, sentence.search(/[,.]| who\b/)));

test('everyone whom the record can name has a row in the policy table, with its source, and the other way round', () => {
  expect(TELLABLE.map(({ id }) => id)).toEqual([...TOLD_PEOPLE]);
  expect(TELLABLE.filter(({ source }) => source === '')).toEqual([]);
});

test('a concern that goes to the police asks for the police, once, whatever the outcomes say; so does the outcome alone', () => {
  expect(missing({ categories: ['bullying', 'grooming'], outcomes: ['police'] })).toEqual(['The police']);
  expect(missingTold({ subject: 'unknown', categories: ['grooming'], outcomes: [], told: [] })).toEqual(['The police, because “Grooming” is reported to them at once.']);
  expect(missing({ outcomes: ['police'] })).toEqual(['The police']);
  expect(missing({ categories: ['grooming'], told: ['police'] })).toEqual([]);
  expect(missing({ categories: ['bullying', 'own-1'] })).toEqual([]);
});

test('about a member of staff the LADO, the head or the chair, human resources and the chief executive are asked for', () => {
  expect(missing({ subject: 'staff', outcomes: ['authority'] })).toEqual(['The LADO', 'The head', 'The head of human resources', 'The chief executive']);
  expect(missing({ subject: 'staff', told: ['lado', 'chair', 'hr', 'chief-executive'] })).toEqual([]);
});

test('about a pupil parents or carers are asked for, with when not to tell them; an authority where one was chosen', () => {
  expect(missingTold({ subject: 'pupil', categories: [], outcomes: [], told: [] })[0]).toContain('put a child at risk');
  expect(missing({ subject: 'pupil', outcomes: ['authority'], told: ['parents'] })).toEqual(['The local authority or another organisation']);
  expect(missing({ outcomes: ['authority'], told: ['childrens-services'] })).toEqual([]);
});

test('who was told is said with the name that was written, alone and within a sentence', () => {
  expect([toldTitle({ who: 'head', name: 'Mrs J. Okafor' }), toldTitle({ who: 'parents', name: '' }), toldTitle({ who: 'other', name: 'The bus company' })]).toEqual(['The head: Mrs J. Okafor', 'Parents or carers', 'The bus company']);
  expect([toldInWords({ who: 'head', name: 'Mrs J. Okafor' }), toldInWords({ who: 'parents', name: '' }), toldInWords({ who: 'ceop', name: '' }), toldInWords({ who: 'other', name: 'the bus company' })]).toEqual(['the head (Mrs J. Okafor)', 'parents or carers', 'CEOP', 'the bus company']);
});
