import type { Refusal } from '../../core/refusal.ts';
import { asRefusal } from '../state/trouble.ts';

/**
 * The answer to the newest of many questions. One is asked at a time; of those that come meanwhile only the last is
 * asked next, so that a slider never waits for pictures nobody will see.
 */
export class Latest<Question, Answer> {
  answer = $state.raw<Answer | undefined>(undefined);
  /** The question that was answered. */
  asked = $state.raw<Question | undefined>(undefined);
  trouble = $state.raw<Refusal | null>(null);
  #running = false;
  #next: Question | undefined;

  constructor(readonly put: (question: Question) => Promise<Answer>) {}

  ask(question: Question): void {
    this.#next = question;
    if (!this.#running) void this.#work();
  }

  async #work(): Promise<void> {
    this.#running = true;
    while (this.#next !== undefined) {
      const question = this.#next;
      this.#next = undefined;
      try {
        this.answer = await this.put(question);
        this.asked = question;
        this.trouble = null;
      } catch (error) {
        this.answer = undefined;
        this.trouble = asRefusal(error, '');
      }
    }
    this.#running = false;
  }
}
