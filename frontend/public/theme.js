// The chosen theme, else the system's. A file of its own, since the content security policy allows no inline script.
(function () {
  var chosen;
  try {
    chosen = localStorage.getItem('theme');
  } catch {
    // Storage is blocked: the system's theme it is.
  }
  var dark = matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme =
    chosen === 'dark' || chosen === 'light' ? chosen : dark ? 'dark' : 'light';
})();
