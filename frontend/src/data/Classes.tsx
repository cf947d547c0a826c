import type { AuthorClass } from '../api/types';
import { Figure } from '../parts/Figure';
import { ClassKey } from '../parts/Glyph';

const MEANING: [AuthorClass, string][] = [
  ['ai_agent', 'An agent wrote it: an account of an agent, its branch, or commits that say so.'],
  ['ai_assisted', 'A person wrote it, and evidence names an AI tool that helped.'],
  ['human', 'There is positive evidence that people wrote it without AI. The absence of a mark is none.'],
  ['automation', 'A bot that is not AI, such as one that raises versions.'],
  [
    'unknown',
    'No mark says who or what wrote it. Completion in an editor leaves none, so this group may hold AI.',
  ],
];

/** What the author classes mean, and how the groups of a comparison are made of them. */
export function Classes() {
  return (
    <Figure
      title="Author classes"
      note="“No AI recorded” is Human and Unknown together: the group that AI is compared with. Bots stand on neither side."
    >
      <dl className="classes">
        {MEANING.map(([of, meaning]) => (
          <div key={of}>
            <dt>
              <ClassKey of={of} />
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Figure>
  );
}
