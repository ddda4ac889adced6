// The order of the test files: as in folders.json, so that quick tests get to notice a change first.
const { default: Sequencer } = require('@jest/test-sequencer');
const { tests: paths } = require('./folders.json')[process.env.MUTATED_FOLDER];

module.exports = class extends Sequencer {
  sort(tests) {
    const place = ({ path }) => paths.findLastIndex((one) => path.includes(one));
    return [...tests].sort((a, b) => place(a) - place(b) || a.path.localeCompare(b.path));
  }
};
