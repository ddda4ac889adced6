/** Whether a change is in a sample, every so many of them, by its number. */
exports.isSampledIn =
  (every = '1') =>
  (change) =>
    Number(change) % Number(every) === 0;
