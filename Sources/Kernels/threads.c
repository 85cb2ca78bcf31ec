// A few threads that wait for work. A caller shares its tasks with those that are awake in time, and does the rest itself: a
// busy machine costs it nothing. Where no thread can be started, it does all.

#if defined(__linux__)
  #define _GNU_SOURCE
  #include <sched.h>
#endif
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "set.h"

enum {
  MOST_THREADS = 64,
  /// How often a thread looks for work before it sleeps, about 20 µs: waking up takes as long.
  LOOKS = 500,
};

static atomic_size_t thread_count;
/// Held by the caller that uses the threads.
static pthread_mutex_t in_use = PTHREAD_MUTEX_INITIALIZER;
/// Guards what follows.
static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t has_work = PTHREAD_COND_INITIALIZER;
static pthread_cond_t is_done = PTHREAD_COND_INITIALIZER;
static size_t started, helping, sleeping;
static int is_open;
static void (*job)(size_t, void *);
static void *job_context;
static size_t job_tasks;
static atomic_size_t next_task;
/// Counts the jobs, to be looked at without the guard.
static atomic_size_t announced;

static size_t processors(void) {
#if defined(__linux__)
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return (size_t)CPU_COUNT(&set);
#endif
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 0 ? (size_t)count : 1;
}

size_t kernels_threads(void) {
  size_t count = atomic_load_explicit(&thread_count, memory_order_relaxed);
  if (count == 0) {
    kernels_set_threads(processors());
    count = atomic_load_explicit(&thread_count, memory_order_relaxed);
  }
  return count;
}

void kernels_set_threads(size_t count) {
  atomic_store_explicit(&thread_count, count < 1 ? 1 : count > MOST_THREADS ? MOST_THREADS : count, memory_order_relaxed);
}

static void work_on(void (*work)(size_t, void *), void *context, size_t tasks) {
  for (;;) {
    size_t task = atomic_fetch_add_explicit(&next_task, 1, memory_order_relaxed);
    if (task >= tasks) return;
    work(task, context);
  }
}

static void pause_briefly(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static void *helper(void *unused) {
  size_t seen = 0;
  for (;;) {
    for (int look = 0; look < LOOKS && atomic_load_explicit(&announced, memory_order_relaxed) == seen; look++) pause_briefly();
    pthread_mutex_lock(&guard);
    while (atomic_load_explicit(&announced, memory_order_relaxed) == seen) {
      sleeping++;
      pthread_cond_wait(&has_work, &guard);
      sleeping--;
    }
    seen = atomic_load_explicit(&announced, memory_order_relaxed);
    if (is_open) {
      void (*work)(size_t, void *) = job;
      void *context = job_context;
      size_t tasks = job_tasks;
      helping++;
      pthread_mutex_unlock(&guard);
      work_on(work, context, tasks);
      pthread_mutex_lock(&guard);
      if (--helping == 0) pthread_cond_signal(&is_done);
    }
    pthread_mutex_unlock(&guard);
  }
  return unused;
}

/// Starts the threads that are missing, with the guard held.
static void start_helpers(size_t count) {
  pthread_attr_t attributes;
  if (started >= count || pthread_attr_init(&attributes)) return;
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&attributes, 1 << 20);
  for (pthread_t thread; started < count; started++)
    if (pthread_create(&thread, &attributes, helper, NULL)) break;
  pthread_attr_destroy(&attributes);
}

void kernels_parallel(size_t tasks, void (*work)(size_t, void *), void *context) {
  size_t threads = kernels_threads();
  if (tasks <= 1 || threads <= 1 || pthread_mutex_trylock(&in_use)) {
    for (size_t task = 0; task < tasks; task++) work(task, context);
    return;
  }
  pthread_mutex_lock(&guard);
  start_helpers(threads - 1);
  job = work;
  job_context = context;
  job_tasks = tasks;
  atomic_store_explicit(&next_task, 0, memory_order_relaxed);
  is_open = 1;
  atomic_fetch_add_explicit(&announced, 1, memory_order_relaxed);
  if (sleeping) pthread_cond_broadcast(&has_work);
  pthread_mutex_unlock(&guard);

  work_on(work, context, tasks);

  pthread_mutex_lock(&guard);
  is_open = 0;
  for (int look = 0; helping && look < LOOKS; look++) {
    pthread_mutex_unlock(&guard);
    pause_briefly();
    pthread_mutex_lock(&guard);
  }
  while (helping) pthread_cond_wait(&is_done, &guard);
  pthread_mutex_unlock(&guard);
  pthread_mutex_unlock(&in_use);
}
