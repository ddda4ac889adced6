import { assumed, assumedAlone, documented, measured, type Rules } from './rule';

const KIB = 1024;
const MB = 1024 * KIB;
const LIMITS_PAGE = 'limits-kvs-ce';
const ENTITIES = 'storage-reference/entities-manifest';
const QUERY = 'storage-reference/entities-api-query';
const BATCH = 'storage-reference/kvs-batch';
const SECRET = 'storage-reference/kvs-api-secret';
const TRANSACTION = 'storage-reference/entities-transactions';
const ERRORS = 'storage-reference/handling-errors-kvs';

/** What Forge's key-value store and custom entities do. Sizes in bytes, times in milliseconds. */
export const STORAGE = {
  keyLength: documented(LIMITS_PAGE, 'A key has at most 500 characters.', 500),
  keyCharacters: documented(
    LIMITS_PAGE,
    'A key has letters, digits, blanks and : . _ - # and is not blank.',
    '/^(?!\\s+$)[a-zA-Z0-9:._\\s-#]+$/',
  ),
  keyRefusals: documented(
    ERRORS,
    'A key that is not taken is refused with 400 KEY_TOO_SHORT, KEY_TOO_LONG or INVALID_KEY.',
    null,
  ),
  valueSize: documented(LIMITS_PAGE, 'A value has at most 240 KiB.', 240 * KIB),
  secretSize: documented(SECRET, 'A secret has at most 128 KiB.', 128 * KIB),
  valueDepth: documented(LIMITS_PAGE, 'A value is at most 31 levels deep.', 31),
  valueRefusals: documented(
    ERRORS,
    'A value that is too large or too deep is refused with 400 MAX_SIZE or MAX_DEPTH.',
    null,
  ),
  nullValue: assumedAlone(
    'A value that is null or absent is refused with 400 INVALID_VALUE.',
    null,
    'The app never stores one.',
  ),
  expiry: documented(
    SECRET,
    'An expired value may be read for up to 48 hours more.',
    48 * 3_600_000,
    'Deletion may take up to 48 hours.',
  ),
  ttl: documented(SECRET, 'A time to live is at most a year.', 365 * 86_400_000),
  ttlRefusal: measured(
    'A time to live of 0 is refused with 400 INVALID_TTL.',
    'TTL value must be a positive integer, received: 0',
  ),
  missingKey: measured(
    'Reading a key that nothing is stored under answers KEY_NOT_FOUND, which the SDK turns into undefined.',
    'Provided key does not exist',
  ),
  missingDelete: documented(
    SECRET,
    'Deleting a key that nothing is stored under succeeds.',
    null,
    'this succeeds whether the key exists or not',
  ),
  takenKey: measured(
    'FAIL_IF_EXISTS on a taken key is refused with 409 KEY_CONFLICT.',
    'Provided key already exists and cannot be overwritten',
  ),
  takenEntityKey: assumed(
    'FAIL_IF_EXISTS on a taken key of an entity is refused like a plain one.',
    null,
    'takenEntityKey',
    'Only a plain key was measured; the other side answers 400 CONDITIONAL_CHECK_FAILED.',
  ),
  undeclaredEntity: measured(
    'An entity that manifest.yml does not declare is refused with 404 SCHEMA_NOT_FOUND.',
    'The schema provided does not exist',
  ),
  undeclaredAttribute: assumedAlone(
    'An attribute that manifest.yml does not declare is refused with 400 UNDECLARED_ATTRIBUTE.',
    null,
    'The stricter side: were such attributes taken, the app would store none all the same.',
  ),
  attributeTypes: documented(
    ENTITIES,
    'An attribute has the declared type: integer is 32-bit signed, float is 0 or ±1E-130 to ±9.99E+125, ' +
      'a string has a character that is no blank, null is of no type.',
    null,
    'strictly enforces attribute types',
  ),
  floatDigits: documented(ENTITIES, 'A float keeps 38 decimal digits, more than a JavaScript number has.', 38),
  attributeRefusal: measured(
    'A value of another type is refused with 400 INCORRECT_PROPERTY_TYPE.',
    'Data type for property "n" is defined as "integer"',
  ),
  rangeSize: documented(LIMITS_PAGE, 'The range values of an index have at most 900 bytes together.', 900),
  partitionSize: documented(LIMITS_PAGE, 'The partition values of an index have at most 1,700 bytes together.', 1_700),
  indexedSizeRefusal: assumedAlone(
    'Indexed values that are too large are refused with 400 INVALID_ENTITY_VALUE.',
    null,
    'No status is documented; the app looks at none.',
  ),
  entities: documented(LIMITS_PAGE, 'An app has at most 20 entities, each with at most 50 attributes and 7 indexes.', {
    entities: 20,
    attributes: 50,
    indexes: 7,
  }),
  strictReads: documented(
    'storage-reference/entities',
    'A read by key shows every write at once.',
    null,
    'strictly consistent',
  ),
  laggingQueries: documented(
    'storage-reference/entities',
    'An entity query may show the rows as they were some time ago.',
    null,
    'eventually consistent',
  ),
  queryLag: assumedAlone(
    'How far queries lag is not said.',
    0,
    'Tests set it by kvs.setQueryLagMs; with none, most tests see what they have just written.',
  ),
  queryRows: documented(QUERY, 'A query answers at most 100 rows.', 100),
  defaultQueryRows: documented(QUERY, 'A query answers 10 rows unless it asks for another number.', 10),
  queryLimitRefusal: assumedAlone(
    'A limit outside of 1 to 100 is refused with 400 INVALID_LIMIT.',
    null,
    'Two pages name two other codes; the app asks for no such limit.',
  ),
  queryConditions: documented(LIMITS_PAGE, 'A query has at most 100 conditions.', 100),
  filters: assumed(
    'Filters are applied to the rows of a page after it was cut: a page may be empty and go on.',
    null,
    'filters',
    'The page speaks of in-memory filters and of "pages with no results, with cursor pointing to the ' +
      'next page", not of where they stand.',
  ),
  untypedFilters: documented(
    QUERY,
    'A filter on an attribute of the type any is refused with 422.',
    'UNPROCESSABLE_ENTITY',
    'Using them results in a `422 Unprocessable Entity` error.',
  ),
  cursorEnds: documented(
    'storage-reference/kvs-api-query',
    'After the last page there is no cursor.',
    null,
    'When there are no more pages of results, `nextCursor` is omitted',
  ),
  fullLastPage: assumed(
    'A full page after which nothing follows is known to be the last.',
    null,
    'fullLastPage',
    'The other side gives it a cursor that leads to an empty page.',
  ),
  batchKeys: documented(BATCH, 'A batch has at most 25 keys.', 25),
  batchSize: documented(BATCH, 'A batch has at most 4 MB.', 4 * MB),
  batchTooMany: measured(
    'A batch of 26 keys is refused with 400 TOO_MANY_BATCH_ENTITIES.',
    'Number of entities to set was 26, but you can only set a maximum of 25 entities at a time.',
  ),
  batchEach: documented(BATCH, 'Each key of a batch succeeds or fails for itself.', null),
  batchWhole: documented(BATCH, 'A batch without keys, or with one key twice, fails entirely.', null),
  batchWholeRefusals: assumedAlone(
    'Such batches are refused with 400 NO_BATCH_ENTITIES and KEY_DUPLICATION_ERROR.',
    null,
    'The codes are not documented; the app sends no such batch.',
  ),
  missingInBatchRead: measured(
    'A key that nothing is stored under comes back in failedKeys with KEY_NOT_FOUND.',
    'Provided key does not exist',
  ),
  missingInBatchReadLeftOut: assumed(
    'Whether it always does: seen once, and the page does not say it.',
    null,
    'missingInBatchRead',
    'The other side leaves it out of both lists.',
  ),
  missingInBatchDelete: assumed(
    'A key that nothing is stored under is deleted with success in a batch.',
    null,
    'missingInBatchDelete',
    'Documented of a single delete; the other side fails it with KEY_NOT_FOUND.',
  ),
  transactionOperations: documented(TRANSACTION, 'A transaction has at most 25 operations.', 25),
  transactionTooMany: measured(
    'A transaction of 26 operations is refused with 422 UNPROCESSABLE_ENTITY.',
    'Request cannot be processed due to one or more semantic errors',
  ),
  transactionMixed: documented(
    'rest/api-group-transaction',
    'A transaction holds plain keys and rows of entities side by side; conditions are of rows alone.',
    null,
    'a series of Key-Value Store and/or Custom Entity Store operations that must all succeed or fail together',
  ),
  transactionSize: documented(TRANSACTION, 'A transaction has at most 4 MB.', 4 * MB),
  transactionKeys: measured(
    'One key twice in a transaction is refused with 400 KEY_DUPLICATION_ERROR.',
    'Duplicate key found in request',
  ),
  transactionConditions: measured(
    'A condition that does not hold is refused with 400 CONDITIONAL_CHECK_FAILED, and nothing lands.',
    'Request failed due to conditional check specified or optimistic locking',
  ),
  transactionCheckMissing: measured('A check on a row that is not there is refused in the same way.', null),
  conditionOnMissingRow: assumed(
    'The condition of a set or delete on a row that is not there is judged as of a row without ' +
      'attributes: "does not exist" holds.',
    null,
    'conditionOnMissingRow',
    'A check on a missing row was measured to fail, a set and a delete were not; the other side fails them too.',
  ),
  transactionDelete: documented(
    TRANSACTION,
    'A delete in a transaction succeeds whether the row exists or not.',
    null,
    'this succeeds whether the key exists or not',
  ),
  units: documented(
    LIMITS_PAGE,
    'A request counts once for every 10 KB begun; a batch counts as one request.',
    10 * 1_000,
    'Request sizes are rounded up to the nearest 10KB',
  ),
  rateRefusal: documented(
    ERRORS,
    'Beyond its rate, storage refuses with 429 RATE_LIMIT_EXCEEDED. The sandbox refuses none by itself.',
    429,
  ),
} as const satisfies Rules;
