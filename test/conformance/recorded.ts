/**
 * What a real site answered, or what Atlassian documents that it does. Texts in angle brackets stand for
 * any value of that type, and what a record leaves out may be anything. A case that is not here is
 * unmeasured and counts for nothing.
 */
export type RecordedAnswer = {
  readonly source: `measured ${string}` | `documented ${string}`;
  readonly answer: object;
};

const MEASURED = 'measured 2026-10-09';
const page = (path: string): RecordedAnswer['source'] =>
  `documented https://developer.atlassian.com/platform/forge/${path}/`;
const BATCHES = page('storage-reference/batchops');
const ATTRIBUTES = page('storage-reference/entities-manifest');
const QUERIES = page('storage-reference/entities-api-query');
const LIMITS = page('limits-kvs-ce');
const ERRORS = page('storage-reference/handling-errors-kvs');
const EVENTS = page('runtime-reference/async-events-api');
const INVOCATION = page('limits-invocation');
const SCHEDULE = page('function-reference/scheduled-trigger');
const WEB_TRIGGER = page('events-reference/web-trigger');

const value = (answered: unknown): object => ({ kind: 'value', value: answered });
const passed = value(null);
const refused = (status: number, code: string, message: string): object => ({ kind: 'refused', status, code, message });
/** The page says that it fails, and not how. */
const fails = { kind: 'refused' };
/** The page names the code alone. */
const failsWith = (code: string): object => ({ kind: 'refused', code });

const measured = (answer: object): RecordedAnswer => ({ source: MEASURED, answer });

const CONDITION_FAILED = refused(
  400,
  'CONDITIONAL_CHECK_FAILED',
  'Request failed due to conditional check specified or optimistic locking',
);
const NOT_AN_INTEGER = refused(400, 'INCORRECT_PROPERTY_TYPE', 'Data type for property "n" is defined as "integer"');

/**
 * By the id of the case. Measured: 24 questions about storage, the fields of a web trigger's request and its status after uninstalling, on
 * a site with @forge/kvs 2.0.7 and Node 24.21. Of the questions that passed the record names the kind, and
 * the two that read after a refused transaction stand here as cases of their own.
 */
export const RECORDED: Readonly<Record<string, RecordedAnswer>> = {
  'storage.set': measured(passed),
  'entity.set': measured(passed),
  'storage.set-existing-fails': measured(
    refused(409, 'KEY_CONFLICT', 'Provided key already exists and cannot be overwritten'),
  ),
  'storage.set-new-with-policy': measured(passed),
  'storage.set-existing-keeps': measured(value({ v: 1 })),
  'storage.get-missing': measured(passed),
  'storage.delete-missing': measured(passed),
  'storage.batch-set-25': measured(value({ set: 25, failed: 0 })),
  'storage.batch-set-26': measured(
    refused(
      400,
      'TOO_MANY_BATCH_ENTITIES',
      'Number of entities to set was 26, but you can only set a maximum of 25 entities at a time.',
    ),
  ),
  'storage.batch-get-missing': measured(
    value({
      found: ['there'],
      failed: [{ key: 'missing', error: { code: 'KEY_NOT_FOUND', message: 'Provided key does not exist' } }],
    }),
  ),
  'storage.ttl-zero': measured(refused(400, 'INVALID_TTL', 'TTL value must be a positive integer, received: 0')),
  'entity.undeclared': measured(refused(404, 'SCHEMA_NOT_FOUND', 'The schema provided does not exist')),
  'entity.integer-2-31': measured(NOT_AN_INTEGER),
  'entity.integer-text': measured(NOT_AN_INTEGER),
  'transaction.sets': measured(passed),
  'transaction.sets-read': measured(value([{ n: 1 }, { n: 2 }])),
  'transaction.check-holds': measured(passed),
  'transaction.check-fails': measured(CONDITION_FAILED),
  'transaction.check-fails-read': measured(passed),
  'transaction.check-missing': measured(CONDITION_FAILED),
  'transaction.check-missing-read': measured(passed),
  'transaction.25': measured(passed),
  'transaction.26': measured(
    refused(422, 'UNPROCESSABLE_ENTITY', 'Request cannot be processed due to one or more semantic errors'),
  ),
  'transaction.same-key': measured(refused(400, 'KEY_DUPLICATION_ERROR', 'Duplicate key found in request')),
  'transaction.delete-missing': measured(passed),
  'webtrigger.request': measured(
    value(['body', 'call', 'context', 'contextToken', 'headers', 'method', 'path', 'queryParameters', 'userPath']),
  ),
  'webtrigger.uninstalled': measured(value(424)),
  'runtime.version': measured(value(24)),

  'storage.batch-empty': { source: BATCHES, answer: fails },
  'storage.batch-same-key': { source: BATCHES, answer: fails },
  'storage.batch-get-26': { source: BATCHES, answer: fails },
  'storage.batch-delete-26': { source: BATCHES, answer: fails },
  'storage.ttl-366-days': { source: page('storage-reference/kvs-api'), answer: fails },
  'storage.ttl-metadata': {
    source: page('storage-reference/kvs-api'),
    answer: value({ createdAt: '<number>', updatedAt: '<number>', expireTime: '<time>' }),
  },
  'storage.ttl-before': { source: page('storage-reference/kvs-api'), answer: value({ v: 1 }) },
  'storage.key-501': { source: ERRORS, answer: failsWith('KEY_TOO_LONG') },
  'storage.key-500': { source: LIMITS, answer: passed },
  'storage.key-slash': { source: ERRORS, answer: failsWith('INVALID_KEY') },
  'storage.key-blank': { source: ERRORS, answer: failsWith('INVALID_KEY') },
  'storage.value-241-kib': { source: ERRORS, answer: failsWith('MAX_SIZE') },
  'storage.value-239-kib': { source: LIMITS, answer: passed },
  'storage.depth-33': { source: ERRORS, answer: failsWith('MAX_DEPTH') },
  'storage.depth-31': { source: LIMITS, answer: passed },
  'entity.set-existing-fails': { source: page('storage-reference/entities-api'), answer: fails },
  'entity.integer-greatest': { source: ATTRIBUTES, answer: value(2_147_483_647) },
  'entity.integer-least': { source: ATTRIBUTES, answer: value(-2_147_483_648) },
  'entity.integer-too-small': { source: ATTRIBUTES, answer: fails },
  'entity.integer-fraction': { source: ATTRIBUTES, answer: fails },
  'entity.float-2-53': { source: ATTRIBUTES, answer: value(9_007_199_254_740_991) },
  'entity.float-milliseconds': { source: ATTRIBUTES, answer: value(1_790_000_000_123) },
  'entity.float-too-great': { source: ATTRIBUTES, answer: fails },
  'entity.float-great': { source: ATTRIBUTES, answer: value(9.9e125) },
  'entity.float-too-near-zero': { source: ATTRIBUTES, answer: fails },
  'entity.float-near-zero': { source: ATTRIBUTES, answer: value(1e-130) },
  'entity.string-empty': { source: ATTRIBUTES, answer: fails },
  'entity.string-blank': { source: ATTRIBUTES, answer: fails },
  'entity.boolean-text': { source: ATTRIBUTES, answer: fails },
  'entity.any-array': { source: ATTRIBUTES, answer: value(['a', 1]) },
  'query.default-page': { source: QUERIES, answer: value(10) },
  'query.page-of-100': { source: QUERIES, answer: value({ rows: 100, hasCursor: true }) },
  'query.page-of-101': { source: QUERIES, answer: fails },
  'query.filter-all-pages': { source: QUERIES, answer: value([29]) },
  'query.filter-any': { source: QUERIES, answer: { kind: 'refused', status: 422 } },
  'query.where-greater': { source: QUERIES, answer: value([2, 3]) },
  'query.where-begins': { source: QUERIES, answer: value([1, 3]) },
  'query.partition-missing': { source: QUERIES, answer: fails },
  'event.issue-created': {
    source: page('events-reference/jira'),
    answer: value({ eventType: 'avi:jira:created:issue', selfGenerated: 'boolean', timestamp: 'string' }),
  },
  'queue.push': { source: EVENTS, answer: value({ jobId: '<string>' }) },
  'queue.push-50': { source: EVENTS, answer: value('accepted') },
  'queue.push-51': { source: EVENTS, answer: fails },
  'queue.push-201-kb': { source: EVENTS, answer: fails },
  'queue.delay-901': { source: EVENTS, answer: fails },
  'queue.stats': { source: EVENTS, answer: value({ success: '<number>', inProgress: '<number>', failed: '<number>' }) },
  'queue.time-limit': { source: EVENTS, answer: value(55) },
  'queue.retry-count': { source: EVENTS, answer: value([null, 1, 2]) },
  'webtrigger.parameters': {
    source: WEB_TRIGGER,
    answer: value({ header: ['yes'], twice: ['1', '2'], userPath: '/more/path' }),
  },
  'webtrigger.as-user': { source: page('manifest-reference/modules/web-trigger'), answer: fails },
  'webtrigger.time-limit': { source: INVOCATION, answer: value(55) },
  'action.time-limit': { source: INVOCATION, answer: value(55) },
  'resolver.time-limit': { source: INVOCATION, answer: value(25) },
  'schedule.time-limit': { source: INVOCATION, answer: value(55) },
  'schedule.payload': {
    source: SCHEDULE,
    answer: value({ context: { cloudId: '<string>', moduleKey: '<string>' }, contextToken: '<string>' }),
  },
  'schedule.principal': { source: SCHEDULE, answer: passed },
};
