import { useState } from 'preact/hooks';

export type Theme = 'light' | 'dark';
const KEY = 'keyward-theme';

/** The theme that shows: the one chosen by hand, else the system's. */
function shownTheme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

function choose(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // A file's storage may be closed; the choice then lasts as long as the page.
  }
}

export function restoreTheme(): void {
  try {
    const theme = localStorage.getItem(KEY);
    if (theme === 'light' || theme === 'dark') choose(theme);
  } catch {
    // As above: the system's theme it is.
  }
}

export function useTheme(): readonly [Theme, () => void] {
  const [theme, setTheme] = useState(shownTheme);
  const toggle = () => {
    const next = shownTheme() === 'dark' ? 'light' : 'dark';
    choose(next);
    setTheme(next);
  };
  return [theme, toggle];
}
