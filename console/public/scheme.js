// Sets light or dark before the first paint; a file of its own because inline scripts are not allowed.
const chosen = localStorage.getItem('fovea-scheme');
const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
