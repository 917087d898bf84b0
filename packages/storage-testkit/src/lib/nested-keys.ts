/** Folders whose names begin with each other: `-` and `.` sort before the `/` between them, `0` after. */
const FOLDERS = [
  't',
  't-',
  't--',
  't-0',
  't.x',
  't0',
  't 1',
  'Z',
  'ta',
  'ü',
  't/u',
  't/u-',
  't-/u',
];
/** 39 keys, each folder with three. */
export const NESTED_KEYS = FOLDERS.flatMap((folder) => [
  `${folder}/x`,
  `${folder}/x-`,
  `${folder}/y`,
]);
