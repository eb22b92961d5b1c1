export const settings = {
  appearance: "Appearance",
  themeHint: "Follows your system unless you choose.",
};
