import type { JiraRestAnswer } from '../forge/jiraRest';
import type { JiraFault } from './faults';

/** An answer with a JSON body. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): JiraRestAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json;charset=UTF-8', ...headers },
    body: body === undefined ? '' : JSON.stringify(body),
  };
}

/** Jira's own error shape. */
export function refusal(status: number, ...messages: string[]): JiraRestAnswer {
  return json(status, { errorMessages: messages, errors: {} });
}

/** What the gateway in front of Jira answers when the app's manifest lacks the scope. */
export function scopeMissing(): JiraRestAnswer {
  return json(401, { code: 401, message: 'Unauthorized; scope does not match' });
}

/** What anyone gets for an issue that does not exist or that they may not see. */
export function issueNotFound(): JiraRestAnswer {
  return refusal(404, 'Issue does not exist or you do not have permission to see it.');
}

/** The answer that a fault asks for. */
export function faultAnswer(fault: JiraFault): JiraRestAnswer {
  switch (fault.kind) {
    case 'rateLimited': {
      const wait: Record<string, string> =
        fault.retryAfterSeconds === null ? {} : { 'retry-after': String(fault.retryAfterSeconds) };
      const reason: Record<string, string> = fault.reason === null ? {} : { 'ratelimit-reason': fault.reason };
      const reset: Record<string, string> =
        fault.resetAtMs === undefined ? {} : { 'x-ratelimit-reset': new Date(fault.resetAtMs).toISOString() };
      return json(429, { errorMessages: ['Rate limit exceeded.'], errors: {} }, { ...wait, ...reason, ...reset });
    }
    case 'appNotApproved':
      return refusal(400, 'The calling app is not approved to use this API.');
    case 'emailUnavailable':
      return refusal(503, 'The service is temporarily unavailable.');
    case 'status':
      return refusal(fault.code, `Status ${fault.code} by request`);
  }
}
