import type { SimulatedAnswer } from './types';

/** An answer that carries HTTP, before a fault is applied to it. */
export type HttpAnswer = Extract<SimulatedAnswer, { kind: 'http' }>;

const JSON_TYPE = 'application/json; charset=utf-8';

/** A page such as a proxy in front of an API shows. */
export const ERROR_PAGE =
  '<!DOCTYPE html><html><head><title>Bad gateway</title></head><body><h1>Bad gateway</h1></body></html>';

/** An answer with a body of the given type. */
export function http(status: number, body: string, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return {
    kind: 'http',
    status,
    headers: { 'content-type': JSON_TYPE, ...headers },
    body,
    delayMs: 0,
    truncateAt: null,
  };
}

/** The envelope of a call that worked; `dataJson` is JSON text, which may be large and already made. */
export function succeeded(message: string, dataJson: string): HttpAnswer {
  return http(200, `{"success":true,"message":${JSON.stringify(message)},"data":${dataJson}}`);
}

/**
 * The envelope of a call that did not work. Error bodies are not documented: this is the documented
 * envelope with `success: false`.
 */
export function failed(status: number, message: string, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return http(status, JSON.stringify({ success: false, message }), headers);
}
