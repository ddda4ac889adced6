import { ACTS, API_CLIENT_ACTS } from '../../../../src/contract';
import { apiClientRefusal } from '../../../../src/domain/access';

describe('an API client', () => {
  it.each([
    ['look', 'get'],
    ['move', 'move'],
    ['remove', 'remove'],
    ['add', 'add'],
  ] as const)('may %s when an admin ticked %s, and with nothing else', (act, ticked) => {
    expect(apiClientRefusal([ticked], act)).toBeNull();
    const others = API_CLIENT_ACTS.filter((one) => one !== ticked);
    expect(apiClientRefusal(others, act)).toEqual({ code: 'apiClientMayNot', act });
    expect(apiClientRefusal([], act)).toEqual({ code: 'apiClientMayNot', act });
  });

  it.each(ACTS.filter((act) => !['move', 'remove', 'add'].includes(act)))('may never %s, whatever is ticked', (act) => {
    expect(apiClientRefusal(API_CLIENT_ACTS, act)).toEqual({ code: 'apiClientMayNot', act });
  });
});
