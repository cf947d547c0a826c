import { useState } from 'react';

import { chooseTheme, currentTheme } from './theme';

/** Changes to the other theme, which it is named after. */
export function ThemeButton() {
  const [theme, setTheme] = useState(currentTheme);
  const other = theme === 'dark' ? 'light' : 'dark';
  const change = () => {
    chooseTheme(other);
    setTheme(other);
  };
  return (
    <button className="quiet" onClick={change} aria-label={`${other === 'dark' ? 'Dark' : 'Light'} theme`}>
      {other === 'dark' ? 'Dark' : 'Light'}
    </button>
  );
}
