import { refuseAttribute, type AttributeType } from '../../../../sandbox/forge/rules/attributes';

test.each<[AttributeType, unknown]>([
  ['integer', 2 ** 31 - 1],
  ['integer', -(2 ** 31)],
  ['float', Number.MAX_SAFE_INTEGER],
  ['float', 0],
  ['float', 1e-130],
  ['float', -9.99e125],
  ['string', ' a '],
  ['boolean', false],
  ['any', { list: [1, 'a', true, { deep: [] }], blank: '' }],
])('an attribute of type %s takes %j', (type, value) => {
  expect(refuseAttribute(type, value)).toBeNull();
});

test.each<[AttributeType, unknown, RegExp]>([
  ['integer', 2 ** 31, /32 bits/],
  ['integer', -(2 ** 31) - 1, /32 bits/],
  ['integer', 1.5, /whole number/],
  ['integer', '1', /integer is needed/],
  ['float', 1e126, /range/],
  ['float', 1e-131, /range/],
  ['float', null, /float is needed, not null/],
  ['string', '', /not blank/],
  ['string', ' \n', /not blank/],
  ['string', null, /string is needed, not null/],
  ['boolean', 'true', /true or false/],
  ['any', null, /the value is null/],
  ['any', { list: [{ deep: null }] }, /the value\.list\.0\.deep is null/],
  ['any', [undefined], /the value\.0 is undefined/],
])('an attribute of type %s refuses %j', (type, value, why) => {
  expect(refuseAttribute(type, value)).toMatch(why);
});
