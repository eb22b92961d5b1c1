// Runs before the first paint, or a chosen theme would flash up late.
try {
  const theme = localStorage.getItem("sesame.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // No storage: the system's theme.
}
