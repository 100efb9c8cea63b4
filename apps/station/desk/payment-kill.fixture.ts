// The process that is killed: opens a branch that lies in a folder and sends whatever waits, until nothing does.
import { argv } from 'node:process';
import { createBankStatementReads } from '#station/ledger/projections/bank-statement.ts';
import { createFolderTransport } from '#station/payments/branch/folder.ts';
import { openCounter } from './counter-fixture.ts';
import { createPaymentGateway } from './payment-gateway.ts';

const [, , folder = '', root = ''] = argv;
const desk = openCounter({ folder });
const gateway = createPaymentGateway({
  counter: desk.counter,
  statements: createBankStatementReads(desk.database),
  transport: () => createFolderTransport(root),
});
while (desk.counter.payments.waiting(1).length > 0) await gateway.round();
desk.close(true);
process.stdout.write('done\n');
