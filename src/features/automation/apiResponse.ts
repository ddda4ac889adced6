import type { Problem } from '../../contract';
import type { PerformedAtLast } from './perform';
import type { RuleChange } from './ruleChange';
import { failureSentence, problemSentence, skippedSentence } from './failureSentences';
import { alreadyThereSentence, confirmedSentence, queuedSentence } from './doneSentences';

/** The answer of a web trigger, as Forge sends it on. */
export type ApiResponse = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
};

/** What became of what an API client wants, with the status for it. */
export function performedResponse(change: RuleChange, performed: PerformedAtLast): ApiResponse {
  switch (performed.kind) {
    case 'confirmed':
      return json(200, {
        outcome: 'done',
        message: confirmedSentence(performed.entry),
        operationId: performed.entry.operationId,
      });
    case 'alreadyThere':
      return json(200, { outcome: 'alreadyThere', message: alreadyThereSentence(change) });
    case 'skipped':
      return json(200, { outcome: 'skipped', message: skippedSentence(performed.state) });
    case 'queued':
      return json(202, {
        outcome: performed.why === 'accepted' ? 'accepted' : 'queued',
        message: queuedSentence(performed.why),
        ...(performed.entry === null ? {} : { operationId: performed.entry.operationId }),
      });
    case 'failed':
      return textResponse(502, failureSentence(performed.entry));
    case 'problem':
      return problemResponse(performed.problem);
  }
}

/** A problem, with the status for it. */
export function problemResponse(what: Problem): ApiResponse {
  return textResponse(statusOf(what), problemSentence(what, 'apiClient'));
}

function statusOf(what: Problem): number {
  switch (what.code) {
    case 'invalidInput':
      return 400;
    case 'consentNeeded':
    case 'notPermitted':
    case 'apiClientGone':
    case 'apiClientMayNot':
    case 'projectOff':
      return 403;
    case 'issueNotVisible':
    case 'projectNotVisible':
      return 404;
    case 'stale':
    case 'undoRefused':
    case 'duplicateRequest':
    case 'operationIdTaken':
    case 'run':
    case 'busy':
      return 409;
    case 'notLinked':
    case 'noMember':
    case 'segmentUnknown':
    case 'segmentUnreadable':
    case 'segmentAmbiguous':
    case 'sourceUnclear':
    case 'newKeyRefused':
    case 'featureOff':
    case 'notAScratch':
    case 'countChanged':
    case 'testNeedsOthers':
      return 422;
    case 'shorterLoop':
      return what.cause === 'rateLimited' ? 429 : 502;
    case 'jiraBudget':
    case 'queueFull':
      return 429;
    case 'jira':
      return what.status === 429 ? 429 : 502;
    case 'notConfigured':
    case 'notProven':
    case 'writeNotProven':
    case 'writesStopped':
    case 'storage':
      return 503;
    case 'internal':
      return 500;
  }
}

/** A sentence under a status. */
export function textResponse(statusCode: number, message: string, headers: ApiResponse['headers'] = {}): ApiResponse {
  return json(statusCode, { message }, headers);
}

/** A JSON body under a status. */
export function json(statusCode: number, body: object, headers: ApiResponse['headers'] = {}): ApiResponse {
  return {
    statusCode,
    headers: { 'Content-Type': ['application/json'], 'Cache-Control': ['no-store'], ...headers },
    body: JSON.stringify(body),
  };
}
