import { saveFile } from '../../../../static/src/shared/saveFile';
import { readText } from '../../../../static/src/shared/table';

afterEach(() => {
  jest.restoreAllMocks();
  Reflect.deleteProperty(globalThis, 'document');
});

test('every file that is saved begins with the mark by which spreadsheets read it as UTF-8, and so does the app', async () => {
  const saved: Blob[] = [];
  jest.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
    if (file instanceof Blob) saved.push(file);
    return 'blob:one';
  });
  const link = { href: '', download: '', click: jest.fn() };
  Reflect.set(globalThis, 'document', { createElement: () => link });
  jest.spyOn(globalThis, 'setTimeout').mockReturnValue(setTimeout(() => null, 0));
  saveFile('links.csv', ['accountId,name\r\n', 'a,Jürgen\r\n']);
  expect(link).toMatchObject({ href: 'blob:one', download: 'links.csv' });
  expect(link.click).toHaveBeenCalledTimes(1);
  const [file = new Blob()] = saved;
  expect([...new Uint8Array(await file.arrayBuffer())].slice(0, 4)).toEqual([0xef, 0xbb, 0xbf, 0x61]);
  expect(await readText(file, 'ja-JP')).toEqual({
    kind: 'text',
    text: 'accountId,name\r\na,Jürgen\r\n',
    encoding: 'utf-8',
  });
});
