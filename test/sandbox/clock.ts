interface Pending {
	dueMs: number;
	timer?: NodeJS.Timeout;
	run: () => void;
}

/**
 * The stand-in's time: that of the process, and as much more as was skipped. Only global functions, so that a test's
 * virtual clock replaces them. Never keeps a process alive.
 */
export class Clock {
	private skippedMs = 0;
	private readonly pending = new Set<Pending>();

	/** Milliseconds of a clock that never runs backwards. */
	now(): number {
		return performance.now() + this.skippedMs;
	}

	/** The moment on the wall, in milliseconds since 1970. */
	date(): number {
		return Date.now() + this.skippedMs;
	}

	/** Does something later. @returns calls it off */
	after(ms: number, work: () => void): () => void {
		const entry: Pending = {
			dueMs: this.now() + ms,
			run: () => {
				cancel();
				work();
			},
		};
		const cancel = () => {
			clearTimeout(entry.timer);
			this.pending.delete(entry);
		};
		this.pending.add(entry);
		this.arm(entry);
		return cancel;
	}

	/** Waits. @throws the signal's reason when it is aborted before */
	async wait(ms: number, signal: AbortSignal): Promise<void> {
		signal.throwIfAborted();
		if (ms <= 0) return;
		await new Promise<void>((resolve, reject) => {
			const leave = () => {
				cancel();
				reject(new Error('The stand-in has ended'));
			};
			const cancel = this.after(ms, () => {
				signal.removeEventListener('abort', leave);
				resolve();
			});
			signal.addEventListener('abort', leave);
		});
	}

	/** Moves the time on. What comes due runs now, in its order. */
	skip(ms: number): void {
		this.skippedMs += ms;
		const nowMs = this.now();
		const entries = [...this.pending].sort((one, other) => one.dueMs - other.dueMs);
		for (const entry of entries) {
			if (entry.dueMs <= nowMs) entry.run();
			else this.arm(entry);
		}
	}

	private arm(entry: Pending): void {
		clearTimeout(entry.timer);
		entry.timer = setTimeout(entry.run, Math.max(0, entry.dueMs - this.now())).unref();
	}
}
