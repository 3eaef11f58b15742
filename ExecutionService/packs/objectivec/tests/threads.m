#import <Foundation/Foundation.h>

@interface Worker : NSObject {
@public
    int sum;
}
- (void)add:(NSNumber *)number;
@end

@implementation Worker
- (void)add:(NSNumber *)number {
    @synchronized(self) {
        sum += [number intValue];
    }
}
@end

int main(void) {
    NSAutoreleasePool *pool = [NSAutoreleasePool new];
    Worker *worker = [[Worker new] autorelease];
    NSOperationQueue *queue = [[NSOperationQueue new] autorelease];
    for (int i = 1; i <= 4; i++) {
        NSNumber *number = [NSNumber numberWithInt:i];
        [queue addOperation:[[[NSInvocationOperation alloc] initWithTarget:worker selector:@selector(add:) object:number] autorelease]];
    }
    [queue waitUntilAllOperationsAreFinished];
    printf("%d\n", worker->sum);
    fflush(stdout);
    NSTask *task = [NSTask launchedTaskWithLaunchPath:@"/bin/echo" arguments:[NSArray arrayWithObject:@"hello"]];
    [task waitUntilExit];
    [pool drain];
}
