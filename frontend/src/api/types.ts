import type { components, operations } from './schema.gen';

type Schemas = components['schemas'];

export type Claim = Schemas['Claim'];
export type Answer = Schemas['Answer'];
export type AnswerCode = Schemas['AnswerCode'];
export type Comparison = Schemas['Comparison'];
export type Ratio = Schemas['Ratio'];
export type Interval = Schemas['Interval'];
export type Arm = Schemas['Arm'];
export type Gate = Schemas['Gate'];
export type Share = Schemas['Share'];
export type AuthorClass = Schemas['AuthorClass'];
export type Month = Schemas['Mix']['items'][number];
export type Change = Schemas['Change'];
export type ChangeList = Schemas['ChangeList'];
export type ChangeDetail = Schemas['ChangeDetail'];
export type Coverage = Schemas['Coverage'];
export type Source = Coverage['sources'][number];
export type Running = Coverage['running'][number];
export type Problem = Schemas['Problem'];
export type ChangeQuery = NonNullable<operations['listChanges']['parameters']['query']>;
