// The order of the test files: the groups of integration tests, which wait and take minutes, then the single files, and
// the quick groups of unit tests in the last gaps. Without this a machine that has no times of an earlier run begins
// with the longest text, and ends with one core at rest while the last of the long groups is played.
const { default: Sequencer } = require('@jest/test-sequencer');

const LAST = 'reports/groups/unit/';
const FIRST = 'reports/groups/integration/';

module.exports = class extends Sequencer {
  sort(tests) {
    const place = ({ path }) => {
      const posix = path.replaceAll('\\', '/');
      return posix.includes(FIRST) ? 0 : posix.includes(LAST) ? 2 : 1;
    };
    // What Jest itself decides, by the times it knows, holds within each kind.
    return super.sort(tests).sort((one, other) => place(one) - place(other));
  }
};
