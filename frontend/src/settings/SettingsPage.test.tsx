import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';

import { expectAccessible, serve, show } from '../testing/render';
import { SettingsPage } from './SettingsPage';

it('shows what the server says, and nothing else', async () => {
  serve({
    '/api/v1/settings': {
      groups: [
        {
          id: 'privacy',
          title: 'Too few',
          items: [{ name: 'People in a group', value: '5', about: 'else hidden' }],
        },
        { id: 'schedule', title: 'Schedule', items: [] },
      ],
    },
  });
  const { container } = show(<SettingsPage />, '/settings');
  const row = await screen.findByRole('row', { name: /People in a group/ });
  expect(
    within(row)
      .getAllByRole('cell')
      .map((cell) => cell.textContent),
  ).toEqual(['5', 'else hidden']);
  expect(screen.queryByText('Schedule')).toBeNull();
  await expectAccessible(container);
});
