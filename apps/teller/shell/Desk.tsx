// Draws the screen that was opened.
import { ApprovalsScreen } from '../desk/approvals/ApprovalsScreen.tsx';
import { CounterScreen } from '../desk/counter/CounterScreen.tsx';
import { CreditScreen } from '../desk/credit/CreditScreen.tsx';
import { AccountScreen } from '../desk/customers/AccountScreen.tsx';
import { CustomersScreen } from '../desk/customers/CustomersScreen.tsx';
import { OpenAccountScreen } from '../desk/customers/OpenAccountScreen.tsx';
import { RegisterScreen } from '../desk/customers/RegisterScreen.tsx';
import { DayScreen } from '../desk/day/DayScreen.tsx';
import { DesksScreen } from '../desk/desks/DesksScreen.tsx';
import { GuardScreen } from '../desk/guard/GuardScreen.tsx';
import { HomeScreen } from '../desk/home/HomeScreen.tsx';
import { JournalScreen } from '../desk/journal/JournalScreen.tsx';
import { ReceiptScreen } from '../desk/journal/ReceiptScreen.tsx';
import { LedgerScreen } from '../desk/ledger/LedgerScreen.tsx';
import { BankScreen } from '../desk/office/BankScreen.tsx';
import { OfficeScreen } from '../desk/office/OfficeScreen.tsx';
import { VisitScreen } from '../desk/office/VisitScreen.tsx';
import { PaymentScreen } from '../desk/payment/PaymentScreen.tsx';
import { PaymentsScreen } from '../desk/payment/PaymentsScreen.tsx';
import { PolicyScreen } from '../desk/policy/PolicyScreen.tsx';
import { ReconcileScreen } from '../desk/reconcile/ReconcileScreen.tsx';
import { RiskScreen } from '../desk/risk/RiskScreen.tsx';
import { ScreeningScreen } from '../desk/screening/ScreeningScreen.tsx';
import { StaffScreen } from '../desk/staff/StaffScreen.tsx';
import { TillScreen } from '../desk/till/TillScreen.tsx';
import type { Screen } from '../state/screens.ts';

export function Desk(props: { screen: Screen }) {
  const { screen } = props;
  switch (screen.name) {
    case 'home':
      return <HomeScreen />;
    case 'counter':
      return <CounterScreen task={screen.task} preset={screen.preset} />;
    case 'customers':
      return <CustomersScreen {...screen} />;
    case 'register':
      return <RegisterScreen text={screen.text ?? ''} />;
    case 'account':
      return <AccountScreen number={screen.number} />;
    case 'openAccount':
      return <OpenAccountScreen customer={screen.customer} />;
    case 'till':
      return <TillScreen {...screen} />;
    case 'approvals':
      return <ApprovalsScreen {...screen} />;
    case 'journal':
      return <JournalScreen {...screen} />;
    case 'receipt':
      return <ReceiptScreen journal={screen.journal} />;
    case 'day':
      return <DayScreen />;
    case 'desks':
      return <DesksScreen />;
    case 'staff':
      return <StaffScreen />;
    case 'ledger':
      return <LedgerScreen />;
    case 'guard':
      return <GuardScreen />;
    case 'payment':
      return <PaymentScreen preset={screen.preset} />;
    case 'payments':
      return <PaymentsScreen {...screen} />;
    case 'office':
      return <OfficeScreen />;
    case 'visit':
      return <VisitScreen />;
    case 'bank':
      return <BankScreen />;
    case 'risk':
      return <RiskScreen />;
    case 'credit':
      return <CreditScreen />;
    case 'policy':
      return <PolicyScreen />;
    case 'reconcile':
      return <ReconcileScreen />;
    case 'screening':
      return <ScreeningScreen />;
  }
}
